import assert from 'node:assert/strict';
import { test } from 'node:test';
import { briefly, findingOf, findingsIn } from './findings.ts';

const untrusted = { place: { trust: 'untrusted', trustedPath: '/etc/systemd/nspawn/m.nspawn' } } as const;

test('Beside the image the lines that would give rights do not count, and only those', () => {
  const text =
    '[Exec]\nBoot=yes\nCapability=CAP_SYS_TIME\nDropCapability=CAP_CHOWN\nPrivateUsers=pick\nLinkJournal=host\n[Files]\nReadOnly=yes\nBind=/a\n[Network]\nVirtualEthernet=yes\nPort=80\n';
  assert.deepEqual(
    briefly(text, untrusted),
    [3, 5, 6, 9, 11, 12].map((line) => `${line} untrusted-setting untrusted`),
  );
  for (const trust of ['trusted', 'unknown'] as const)
    assert.ok(briefly(text, { place: { trust } }).every((one) => !one.includes('untrusted')));
});

test('The way out is to move the file to where it is trusted', () => {
  const { fixes } = findingOf('untrusted-setting', '[Files]\nBind=/a\n', untrusted);
  assert.deepEqual(
    fixes?.map(({ moveTo, changes }) => ({ moveTo, changes })),
    [{ moveTo: '/etc/systemd/nspawn/m.nspawn', changes: [] }],
  );
});

test('The trust of Ephemeral= and BindUser= changed with a version', () => {
  const at = (text: string, systemdVersion: number): readonly string[] =>
    findingsIn(text, { ...untrusted, systemdVersion })
      .filter(({ effect }) => effect === 'untrusted')
      .map(({ line }) => String(line));
  assert.deepEqual(at('[Exec]\nEphemeral=yes\n', 251), []);
  assert.deepEqual(at('[Exec]\nEphemeral=yes\n', 252), ['2']);
  assert.deepEqual(at('[Files]\nBindUser=a\n', 251), []);
  assert.deepEqual(at('[Files]\nBindUser=a\n', 252), ['2']);
});

test('A filter that only denies counts beside the image; one that allows anything is left out whole', () => {
  assert.deepEqual(briefly('[Exec]\nSystemCallFilter=~@clock\nSystemCallFilter=~@mount\n', untrusted), []);
  assert.deepEqual(briefly('[Exec]\nSystemCallFilter=~@clock\nSystemCallFilter=foo\n', untrusted), [
    '2 untrusted-setting untrusted',
    '3 untrusted-setting untrusted',
    '3 unknown-system-call ignored',
  ]);
  assert.deepEqual(briefly('[Exec]\nSystemCallFilter=~@clock\nSystemCallFilter=~\n', untrusted), []);
  assert.deepEqual(briefly('[Exec]\nSystemCallFilter=~@clock\nSystemCallFilter=@mount\n', untrusted), [
    '2 untrusted-setting untrusted',
    '3 untrusted-setting untrusted',
  ]);
});

test('What does not count because of the place refuses nothing', () => {
  assert.deepEqual(briefly('[Network]\nPort=80\n', untrusted), ['2 untrusted-setting untrusted']);
  assert.deepEqual(briefly('[Files]\nBind=/a:/b:nonsense\n', untrusted), ['2 untrusted-setting untrusted']);
  assert.deepEqual(briefly('[Exec]\nPrivateUsers=pick\n[Files]\nReadOnly=yes\n', untrusted), [
    '2 untrusted-setting untrusted',
  ]);
});

test('What a later line takes back is not said to be left out', () => {
  const leftOut = (text: string): readonly number[] =>
    findingsIn(text, { ...untrusted, systemdVersion: 262 })
      .filter(({ effect }) => effect === 'untrusted')
      .map(({ line }) => line);
  assert.deepEqual(leftOut('[Files]\nBindUser=a\nBindUser=\n'), []);
  assert.deepEqual(leftOut('[Files]\nBindUser=a\nBindUser=\nBindUser=b\nBindUser=c\n'), [4, 5]);
  assert.deepEqual(leftOut('[Network]\nPrivate=no\nPrivate=\n'), []);
  assert.deepEqual(leftOut('[Exec]\nCPUAffinity=8192,\n'), []);
  assert.deepEqual(leftOut('[Exec]\nCPUAffinity=""x"\n'), []);
});

test('What systemd ignores anyway is not said to be untrusted', () => {
  assert.ok(findingsIn('[Files]\nBind=relative\n', untrusted).every(({ effect }) => effect !== 'untrusted'));
});

test('A file behind another one of the same name is not read', () => {
  const shadowedBy = '/etc/systemd/nspawn/m.nspawn';
  const finding = findingOf('shadowed-file', '[Exec]\nBoot=yes\n', { place: { trust: 'trusted', shadowedBy } });
  assert.equal(finding.effect, 'ignored');
  assert.equal(finding.start, 0);
  assert.equal(finding.end, '[Exec]'.length);
  assert.ok(finding.message.includes(shadowedBy));
});
