import assert from 'node:assert/strict';
import { test } from 'node:test';
import { briefly, findingOf, findingsIn, fixed } from './findings.ts';

test('A file that systemd takes and that does what it says has nothing at warning or above', () => {
  const text =
    '[Exec]\nBoot=yes\nPrivateUsers=pick\nEnvironment=A="b c"\n[X-Mine]\na\n[Files]\nBind=/srv:/srv\nX-Mine=1\n[Network]\nVirtualEthernet=yes\nPort=tcp:8080:80\n';
  for (const systemdVersion of [239, 247, 252, 257, 262]) assert.deepEqual(briefly(text, { systemdVersion }), []);
  assert.deepEqual(briefly(''), []);
});

test('A line without = is ignored since systemd 243, and refuses the file before', () => {
  const text = '[Exec]\nBoot\nUser=a # b\n';
  assert.deepEqual(briefly(text, { systemdVersion: 243 }).slice(0, 1), ['2 missing-equals ignored']);
  assert.deepEqual(briefly(text, { systemdVersion: 242 }), ['2 missing-equals file-refused']);
});

test('What stands behind a line that refuses the file is not judged', () => {
  assert.deepEqual(briefly('[Exec]\nfoo=1\n[Files] # note\nfoo=1\nBoot=maybe\n[Network]\nPort=80\n'), [
    '2 unknown-key ignored',
    '3 section-header-not-closed file-refused',
  ]);
  const byValue = findingsIn('[Exec]\nCPUAffinity=x\nfoo=1\n[Network]\nPort=80\n', { systemdVersion: 257 });
  assert.deepEqual(
    byValue.map(({ line, effect }) => `${line} ${effect}`),
    ['2 file-refused'],
  );
});

test('The name in a header decides by version whether the file is refused', () => {
  const refuses = (header: string, systemdVersion: number): boolean =>
    findingsIn(`${header}\n`, { systemdVersion }).some(({ effect }) => effect === 'file-refused');
  for (const header of ['["Exec"]', "[it's]", '[a\\b]', '[\u0001]', '[\u007F]']) {
    assert.equal(refuses(header, 250), false, header);
    assert.equal(refuses(header, 251), true, header);
  }
  for (const header of ['[]', '[a*]', '[?]', '[[x]']) {
    assert.equal(refuses(header, 260), false, header);
    assert.equal(refuses(header, 261), true, header);
  }
  assert.equal(refuses('[é]', 262), false);
});

test('A comment behind a header moves above it', () => {
  const text = '[Exec] # note\nBoot=yes\n';
  assert.equal(fixed(text, findingOf('section-header-not-closed', text).fixes?.[0]), '# note\n[Exec]\nBoot=yes\n');
  const open = '[Exec\n';
  assert.equal(fixed(open, findingOf('section-header-not-closed', open).fixes?.[0]), '[Exec]\n');
});

test('An unknown section is said once, with the one that was meant', () => {
  const text = '[exec]\nBoot=yes\nfoo\n[Netwrok]\n';
  assert.deepEqual(briefly(text), ['1 unknown-section ignored', '4 unknown-section ignored']);
  const [first, second] = findingsIn(text).filter(({ rule }) => rule === 'unknown-section');
  assert.equal(fixed(text, first?.fixes?.[0]), '[Exec]\nBoot=yes\nfoo\n[Netwrok]\n');
  assert.equal(first?.fixes?.[0]?.preferred, true);
  assert.equal(fixed(text, second?.fixes?.[0]), '[exec]\nBoot=yes\nfoo\n[Network]\n');
});

test('A key in another case or with another spelling is changed where it stands', () => {
  const text = '[Exec]\nboot=yes\nHostnme=a\n';
  const [first, second] = findingsIn(text).filter(({ rule }) => rule === 'unknown-key');
  assert.equal(fixed(text, first?.fixes?.[0]), '[Exec]\nBoot=yes\nHostnme=a\n');
  assert.equal(first?.fixes?.[0]?.preferred, true);
  assert.equal(fixed(text, second?.fixes?.[0]), '[Exec]\nboot=yes\nHostname=a\n');
  assert.equal(second?.fixes?.[0]?.preferred, undefined);
});

test('A key of another section moves there, with its continued lines, into a new section if need be', () => {
  const there = '[Network]\nBoot=yes\n# a\n[Exec]\nUser=a\n\n[Files]\n';
  assert.equal(
    fixed(there, findingOf('key-in-wrong-section', there).fixes?.[0]),
    '[Network]\n# a\n[Exec]\nUser=a\nBoot=yes\n\n[Files]\n',
  );
  const missing = '[Exec]\r\nBind=/a \\\r\n  # b\r\n  :/c\r\nBoot=yes';
  assert.equal(
    fixed(missing, findingOf('key-in-wrong-section', missing).fixes?.[0]),
    '[Exec]\r\nBoot=yes\r\n\r\n[Files]\r\nBind=/a \\\r\n  # b\r\n  :/c\r\n',
  );
  const last = '[Files]\nBoot=yes\n[Exec]';
  assert.equal(fixed(last, findingOf('key-in-wrong-section', last).fixes?.[0]), '[Files]\n[Exec]\nBoot=yes');
});

test('What people know from the command line, from units and from elsewhere is told apart', () => {
  const meant = (key: string): string => findingOf('unknown-key', `[Exec]\n${key}=1\n`).message;
  assert.match(meant('--bind-ro'), /Did you mean BindReadOnly= of \[Files\]\?/u);
  assert.match(meant('Tmpfs'), /TemporaryFileSystem=/u);
  assert.match(meant('network-veth'), /VirtualEthernet=/u);
  assert.match(meant('CapabilityBoundingSet'), /Did you mean Capability=\?/u);
  assert.match(meant('DeviceAllow'), /systemctl set-property/u);
  assert.match(meant('MemoryMax'), /systemctl set-property/u);
  assert.match(meant('Slice'), /drop-in/u);
  assert.doesNotMatch(meant('Frobnicate'), /Did you mean/u);
});

test('A directive that the target does not know says since when it is known', () => {
  assert.deepEqual(briefly('[Exec]\nSuppressSync=yes\n', { systemdVersion: 249 }), ['2 directive-too-new ignored']);
  assert.deepEqual(briefly('[Exec]\nSuppressSync=yes\n', { systemdVersion: 250 }), []);
  assert.match(
    findingOf('directive-too-new', '[Exec]\nSuppressSync=yes\n', { systemdVersion: 249 }).message,
    /since systemd 250; systemd 249/u,
  );
  const elsewhere = findingOf('key-in-wrong-section', '[Files]\nSuppressSync=yes\n', { systemdVersion: 249 });
  assert.equal(elsewhere.fixes, undefined);
});

test('A problem of a value over several lines is marked where it stands', () => {
  const text = '[Exec]\nCapability=CAP_CHOWN \\\n  # no\n  CAP_FOO\n';
  const [finding] = findingsIn(text).filter(({ effect }) => effect === 'ignored');
  assert.ok(finding !== undefined);
  assert.equal(text.slice(finding.start, finding.end), 'CAP_FOO');
  assert.equal(finding.line, 4);
});

test('Boot= and ProcessTwo=: the first yes wins', () => {
  assert.deepEqual(briefly('[Exec]\nBoot=yes\nProcessTwo=yes\n'), ['3 boot-processtwo ignored']);
  assert.deepEqual(briefly('[Exec]\nBoot=yes\nBoot=no\n'), ['3 boot-processtwo ignored']);
  assert.deepEqual(briefly('[Exec]\nProcessTwo=1\nBoot=on\n'), ['3 boot-processtwo ignored']);
  assert.deepEqual(briefly('[Exec]\nBoot=no\nBoot=yes\nProcessTwo=no\n'), []);
});

test('A port of the host is taken once', () => {
  assert.deepEqual(briefly('[Network]\nPrivate=yes\nPort=80\nPort=udp:80\nPort=tcp:80:81\nPort=81:80\n'), [
    '5 duplicate-port ignored',
  ]);
});

test('Ports are compared as the numbers that systemd reads', () => {
  const isDuplicate = (one: string, other: string): boolean =>
    findingsIn(`[Network]\nPrivate=yes\nPort=${one}\nPort=${other}\n`).some(({ rule }) => rule === 'duplicate-port');
  assert.equal(isDuplicate('10', '012'), true);
  assert.equal(isDuplicate('12', '012'), false);
  assert.equal(isDuplicate('80', '+0x50'), true);
  assert.equal(isDuplicate('tcp:0b1010000:1', '80'), true);
});

test('A line that a later one overrides is told, and so is one that resets', () => {
  const all = (text: string): readonly string[] =>
    findingsIn(text, { systemdVersion: 252 })
      .filter(({ rule }) => /^(?:overridden|reset)/u.test(rule))
      .map(({ line, rule, severity }) => `${line} ${rule} ${severity}`);
  assert.deepEqual(all('[Exec]\nHostname=a\n[Exec]\nHostname=b\n'), ['2 overridden-setting info']);
  assert.deepEqual(all('[Exec]\nHostname=a\nHostname=\n'), ['3 reset-setting hint']);
  assert.deepEqual(all('[Exec]\nHostname=a\nHostname=_ _\n'), []);
  assert.deepEqual(all('[Files]\nBind=/a\nBind=/b\n[Exec]\nCapability=CAP_CHOWN\nCapability=\n'), []);
});

test('An empty section is only a hint', () => {
  assert.deepEqual(briefly('[Exec]\n'), []);
  assert.deepEqual(briefly('[Exec]\n', {}, true), ['1 empty-section none']);
  assert.deepEqual(briefly('[Exec]\nfoo\n', {}, true), ['2 missing-equals ignored']);
});

test('Findings come in the order of the text', () => {
  const text = 'a=b\n[Exec]\nfoo\nBoot=x\n[Network]\nPort=80\nMACVLAN=\n[exec]\n';
  const starts = findingsIn(text).map(({ start }) => start);
  assert.deepEqual(
    starts,
    [...starts].sort((a, b) => a - b),
  );
});
