import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../../src/language/context.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';
import { namesOnHost } from '../../../../src/language/lxc/check.ts';
import { parseLxc } from '../../../../src/language/lxc/parse.ts';
import { findingsOf } from './findings.ts';
import { includesOf } from './includesOf.ts';

/** Line, rule and effect of what is found; what an included file is at fault for stands behind that. */
const foundIn = (text: string, at: Parameters<typeof includesOf>[0]): readonly string[] => {
  const findings = findingsOf(text, { includes: includesOf(at) });
  assert.ok(findings.every(({ end }) => end <= text.length));
  return findings.map(({ line, rule, effect }) => `${line} ${rule} ${effect}`);
};

describe('what a configuration includes', () => {
  test('counts at its place: what it sets, wipes and clears', () => {
    const at = { '/a': 'lxc.net.0.type = veth\n', '/b': 'lxc.net.0.link = br0\n', '/c': 'lxc.cap.drop = kill\n' };
    assert.deepEqual(foundIn('lxc.include = /a\nlxc.net.0.veth.pair = x\n', at), []);
    assert.deepEqual(foundIn('lxc.net.0.veth.pair = x\nlxc.include = /a\n', at), [
      '1 lxc-network-type-first file-refused',
    ]);
    assert.deepEqual(foundIn('lxc.net.0.link = br0\nlxc.include = /a\n', at), ['1 lxc-network-settings-wiped ignored']);
    assert.deepEqual(foundIn('lxc.include = /b\nlxc.net.0.type = veth\n', at), ['1 lxc-in-included-file ignored']);
    assert.deepEqual(foundIn('lxc.include = /b\n', at), ['1 lxc-in-included-file start-refused']);
    assert.deepEqual(foundIn('lxc.include = /c\nlxc.cap.keep = chown\n', at), ['2 lxc-excluding-keys file-refused']);
    assert.deepEqual(foundIn('lxc.include = /c\nlxc.cap.drop =\nlxc.cap.keep = chown\n', at), []);
    assert.deepEqual(foundIn('lxc.cap.keep = chown\nlxc.include = /c\n', at), ['2 lxc-in-included-file file-refused']);
  });

  test('is told by one finding of its line, which says what is refused and leads there', () => {
    const text = '# first\nlxc.include = /a\n';
    const findings = findingsOf(text, { includes: includesOf({ '/a': '\nlxc.tty.max = four\nlxc.arhc = amd64\n' }) });
    assert.equal(findings.length, 1);
    const [finding] = findings;
    assert.match(finding?.message ?? '', /^Line 2 of `\/a`: LXC takes a whole number .* The whole file is refused\.$/u);
    assert.deepEqual(finding?.fixes ?? [], []);
    const file = openFile(TextDocument.create('file:///var/lib/lxc/web/config', 'lxc', 0, text), 'lxc');
    assert.ok(file !== undefined);
    const [diagnostic] = languageFeatures.diagnosticsOf(file, findings);
    assert.deepEqual(diagnostic?.range.start, { line: 1, character: 0 });
    assert.deepEqual(
      diagnostic.relatedInformation?.map(({ location }) => [location.uri, location.range.start]),
      [['file:///a', { line: 1, character: 14 }]],
    );
  });

  test('leads to a line of another file that has to do with one of the own', () => {
    const text = 'lxc.include = /c\nlxc.cap.keep = chown\n';
    const findings = findingsOf(text, { includes: includesOf({ '/c': '#\nlxc.cap.drop = kill\n' }) });
    assert.match(findings[0]?.message ?? '', /^Line 2 of `\/c` sets lxc\.cap\.drop/u);
    assert.deepEqual(
      findings[0]?.related?.map(({ start, textDocument }) => [start, textDocument?.uri]),
      [[2, 'file:///c']],
    );
  });

  test('is the files of a directory, and what those include', () => {
    const at = {
      '/d': { kind: 'directory', paths: ['/d/a.conf', '/d/sub.conf'] },
      '/d/a.conf': 'lxc.include = /e\n',
      '/d/sub.conf': { kind: 'directory', paths: ['/d/sub.conf/x.conf'] },
      '/d/sub.conf/x.conf': 'lxc.foo = 1\n',
      '/e': 'lxc.tty.max = four\n',
    } as const;
    assert.deepEqual(foundIn('lxc.include = /d\n', at), ['1 lxc-in-included-file file-refused']);
    assert.deepEqual(foundIn('lxc.include = /d\n', { ...at, '/e': '' }), []);
  });

  test('is missing as liblxc 5.0.2, 6.0.4 and 7.0.0 miss it', () => {
    const absent = { kind: 'absent' } as const;
    const missing = ['1 lxc-include-missing file-refused'];
    assert.deepEqual(foundIn('lxc.include = /a\n', { '/a': absent }), missing);
    assert.deepEqual(foundIn('lxc.include = /a/\n', { '/a/': absent }), [], 'a directory');
    assert.deepEqual(foundIn('lxc.include = /a/\n', { '/a/': { kind: 'noDirectory' } }), missing);
    const dangling = { '/d': { kind: 'directory', paths: ['/d/a.conf'] }, '/d/a.conf': absent } as const;
    assert.deepEqual(foundIn('lxc.include = /d\n', dangling), missing);
    assert.deepEqual(foundIn('lxc.include =\n', {}), []);
  });

  test('is no loop for us, and a crash for LXC', () => {
    const itself = ['1 lxc-includes-itself file-refused'];
    assert.deepEqual(foundIn('lxc.include = /var/lib/lxc/web/config\n', {}), itself);
    assert.deepEqual(foundIn('lxc.include = //var/lib/./lxc/web/config\n', {}), itself);
    const back = { '/a': 'lxc.include = /b\n', '/b': 'lxc.include = /a\n' };
    assert.deepEqual(foundIn('lxc.include = /a\n', back), ['1 lxc-in-included-file file-refused']);
    assert.deepEqual(foundIn('lxc.include = /a\n', { '/a': 'lxc.include = /var/lib/lxc/web/config\n' }), [
      '1 lxc-in-included-file file-refused',
    ]);
    assert.deepEqual(foundIn('lxc.include = /a\nlxc.include = /a\n', { '/a': '' }), [], 'twice is no loop');
  });

  test('that nobody has looked at leaves unsaid what it may set', () => {
    const rest = 'lxc.net.0.veth.pair = x\n';
    for (const at of [{}, { '/a': { kind: 'unknown' } } as const])
      assert.deepEqual(foundIn(`lxc.include = /a\n${rest}`, at), []);
    assert.deepEqual(foundIn(`lxc.include = a\n${rest}`, { a: '' }), [], 'relative to who knows what');
    assert.deepEqual(foundIn(`lxc.include = /a\n${rest}`, { '/a': '' }), ['2 lxc-network-type-first file-refused']);
  });

  test('that grows without end is left alone', () => {
    const twice = (name: number): string => `lxc.include = /${name}\nlxc.include = /${name}\n`;
    const at = Object.fromEntries(Array.from({ length: 29 }, (_, name) => [`/${name}`, twice(name + 1)]));
    assert.deepEqual(foundIn(twice(0), at), []);
    const many = 'lxc.tty.max = 4\n'.repeat(15_000);
    assert.deepEqual(foundIn('lxc.include = /a\n'.repeat(2_000), { '/a': many }), []);
  });

  test('is asked of the host with all else', () => {
    const includes = includesOf({ '/a': 'lxc.seccomp.profile = /p\n' });
    const names = namesOnHost(parseLxc('lxc.include = /a\n'), { ...defaultContext, includes });
    assert.ok(names.paths.includes('/p'));
  });
});
