import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { createReadIncluded, readIncludedNow } from '../../../src/hostFacts/includedFiles.ts';
import type { Included } from '../../../src/language/includes.ts';
import { judgedLxc } from '../../../src/language/lxc/judgedType.ts';
import { executeSync, presentTool, startSync, thisNode } from '../../rig/program.ts';

const root = mkdtempSync(join(tmpdir(), 'included-'));
after(() => rmSync(root, { recursive: true }));
/** A busy machine may need it. */
const patienceMs = 60_000;

const file = (path: string, text: string | Uint8Array = ''): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

file('etc/a.conf', '# ä\r\nlxc.tty.max = 4\n\n|x\n');
file('etc/empty.conf');
file('etc/large.conf', 'x'.repeat(300_000));
file('etc/a b\'c"d$(touch x).conf', 'lxc.arch = amd64');
file('etc/d/b.conf');
file('etc/d/.hidden.conf');
file('etc/d/.conf');
file('etc/d/readme');
mkdirSync(join(root, 'etc/none'));
symlinkSync('/etc/a.conf', join(root, 'etc/d/link.conf'));
symlinkSync('/nowhere', join(root, 'etc/dangling.conf'));
symlinkSync('round.conf', join(root, 'etc/round.conf'));
executeSync(presentTool('mkfifo'), [join(root, 'etc/pipe.conf')]);

const kindAnd = (included: Included | undefined): unknown =>
  included?.kind === 'file'
    ? included.file.textDocument.getText()
    : included?.kind === 'directory'
      ? [...included.paths].sort()
      : included?.kind;
const readNow = (...paths: readonly string[]): readonly unknown[] => {
  const found = readIncludedNow(paths, judgedLxc, { root, patienceMs });
  return paths.map((path) => kindAnd(found.get(path)));
};

test('files are read as what includes them', () => {
  assert.deepEqual(readNow('/etc/a.conf', '/etc/empty.conf', '//etc/./a.conf'), [
    '# ä\r\nlxc.tty.max = 4\n\n|x',
    '',
    '# ä\r\nlxc.tty.max = 4\n\n|x',
  ]);
  const found = readIncludedNow(['/etc/a.conf'], judgedLxc, { root, patienceMs }).get('/etc/a.conf');
  assert.ok(found?.kind === 'file');
  assert.deepEqual(
    found.file.document.loose.map(({ key, line }) => [key, line]),
    [['lxc.tty.max', 2]],
  );
  assert.equal(found.file.textDocument.uri, 'file:///etc/a.conf');
});

test('a path is text, whatever is in it', () => {
  assert.deepEqual(readNow('/etc/a b\'c"d$(touch x).conf', '/etc/*.conf', '-e', '/etc/a.conf\n'), [
    'lxc.arch = amd64',
    'absent',
    'absent',
    'absent',
  ]);
});

test('of a directory those files count whose names LXC takes', () => {
  const inDirectory = ['/etc/d/.hidden.conf', '/etc/d/b.conf', '/etc/d/link.conf'];
  assert.deepEqual(readNow('/etc/d', '/etc/d/', '/etc/none', '/etc/d/link.conf'), [
    inDirectory,
    inDirectory,
    [],
    '# ä\r\nlxc.tty.max = 4\n\n|x',
  ]);
});

test('what is missing is told from what nobody can see', () => {
  assert.deepEqual(readNow('/etc/x.conf', '/etc/x/', '/etc/a.conf/', '/etc/a.conf/x', '/etc/dangling.conf'), [
    'absent',
    'absent',
    'noDirectory',
    'absent',
    'absent',
  ]);
  assert.deepEqual(readNow('/etc/round.conf', '/etc/large.conf'), ['unknown', 'unknown']);
});

test('a pipe is not opened', () => {
  assert.deepEqual(readNow('/etc/pipe.conf', '/etc/empty.conf'), ['unknown', '']);
});

/** What a root process sees as nobody. */
const readAsSomebody = `
const [{ readIncludedNow }, { judgedLxc }] = await Promise.all(process.argv.slice(1, 3).map((code) => import(code)));
const { root, paths, patienceMs } = JSON.parse(process.argv[3]);
if (process.getuid() === 0) {
  process.setgroups([]);
  process.setgid(65534);
  process.setuid(65534);
}
const found = readIncludedNow(paths, judgedLxc, { root, patienceMs });
process.stdout.write(JSON.stringify([...found.values()].map(({ kind }) => kind)));
`;

test('what this user may not read is not called missing', () => {
  file('closed/a.conf');
  file('etc/closed.conf');
  chmodSync(root, 0o755);
  chmodSync(join(root, 'closed'), 0);
  chmodSync(join(root, 'etc/closed.conf'), 0);
  const codes = ['hostFacts/includedFiles.ts', 'language/lxc/judgedType.ts'].map(
    (path) => new URL(`../../../src/${path}`, import.meta.url).href,
  );
  const asked = JSON.stringify({ root, paths: ['/closed/a.conf', '/etc/closed.conf', '/etc/none.conf'], patienceMs });
  const { stdout, stderr } = startSync(thisNode, ['--input-type=module', '--eval', readAsSomebody, ...codes, asked]);
  assert.deepEqual(JSON.parse(stdout === '' ? stderr : stdout), ['unknown', 'unknown', 'absent']);
  chmodSync(join(root, 'closed'), 0o700);
});

test('many are read in turns, each once', async () => {
  const paths = Array.from({ length: 50 }, (_, index) => `/many/${index}.conf`);
  for (const path of paths) file(path, `# ${path}`);
  const found = await createReadIncluded({ root, patienceMs })(paths, judgedLxc);
  assert.deepEqual(
    paths.map((path) => kindAnd(found.get(path))),
    paths.map((path) => `# ${path}`),
  );
});
