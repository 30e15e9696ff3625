import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readGroupFiles, type FoundFiles, stampOf } from '../../../src/hostFacts/groupFiles.ts';
import { executeSync, presentTool } from '../../rig/program.ts';

const directoryWith = (context: TestContext, names: readonly string[]): string => {
  const directory = mkdtempSync(join(tmpdir(), 'group-files-'));
  context.after(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'cgconfig.d'));
  mkdirSync(join(directory, 'cgrules.d'));
  for (const name of names) writeFileSync(join(directory, name), `# ${name}\n`);
  return directory;
};

const namesOf = ({ files }: FoundFiles): readonly string[] => files.map(({ name }) => name);

test('finds what libcgroup would read, by names', async (context) => {
  const directory = directoryWith(context, [
    'cgconfig.conf',
    'cgconfig.d/b.conf',
    'cgconfig.d/a.conf',
    'cgconfig.d/.conf',
    'cgconfig.d/a.conf.conf',
    'cgconfig.d/a.conf~',
    'cgrules.d/any',
    'other.conf',
  ]);
  mkdirSync(join(directory, 'cgrules.d/directory'));
  const found = await readGroupFiles(directory);
  assert.deepEqual(namesOf(found), ['cgconfig.conf', 'cgconfig.d/a.conf', 'cgconfig.d/b.conf', 'cgrules.d/any']);
  assert.equal(found.files[0]?.text, '# cgconfig.conf\n');
  assert.deepEqual([found.isComplete, found.directories], [true, ['cgconfig.d', 'cgrules.d']]);
});

test('reads a file again only when it has been written', async (context) => {
  const directory = directoryWith(context, ['cgconfig.conf', 'cgrules.conf']);
  const first = await readGroupFiles(directory);
  writeFileSync(join(directory, 'cgrules.conf'), '# other\n');
  utimesSync(join(directory, 'cgrules.conf'), 1, 1);
  const second = await readGroupFiles(directory, first);
  assert.equal(second.files[0], first.files[0]);
  assert.equal(second.files[1]?.text, '# other\n');
});

test('a pipe is not waited for, and what is too large or too many is said to be left out', async (context) => {
  const directory = directoryWith(context, ['cgconfig.conf']);
  executeSync(presentTool('mkfifo'), [join(directory, 'cgrules.conf')]);
  assert.deepEqual(namesOf(await readGroupFiles(directory)), ['cgconfig.conf']);
  assert.equal((await readGroupFiles(directory)).isComplete, true);

  writeFileSync(join(directory, 'cgconfig.d/large.conf'), '');
  truncateSync(join(directory, 'cgconfig.d/large.conf'), 3 * 1024 * 1024);
  const large = await readGroupFiles(directory);
  assert.deepEqual([namesOf(large), large.isComplete], [['cgconfig.conf'], false]);
  rmSync(join(directory, 'cgconfig.d/large.conf'));

  for (let at = 0; at < 5; at++) {
    writeFileSync(join(directory, `cgconfig.d/${at}.conf`), '');
    truncateSync(join(directory, `cgconfig.d/${at}.conf`), 2 * 1024 * 1024);
  }
  const together = await readGroupFiles(directory);
  assert.ok(together.files.length < 6);
  assert.equal(together.isComplete, false);
  for (let at = 0; at < 5; at++) rmSync(join(directory, `cgconfig.d/${at}.conf`));

  for (let at = 0; at < 300; at++) writeFileSync(join(directory, `cgrules.d/${at}`), '');
  const many = await readGroupFiles(directory);
  assert.ok(many.files.length <= 202);
  assert.equal(many.isComplete, false);
});

test('links are followed inside of the directory only', async (context) => {
  const elsewhere = directoryWith(context, ['cgconfig.d/a.conf']);
  const directory = directoryWith(context, ['cgconfig.d/a.conf']);
  symlinkSync('cgconfig.d/a.conf', join(directory, 'cgconfig.conf'));
  symlinkSync('nowhere', join(directory, 'cgrules.conf'));
  const inside = await readGroupFiles(directory);
  assert.deepEqual([namesOf(inside), inside.isComplete], [['cgconfig.conf', 'cgconfig.d/a.conf'], true]);
  rmSync(join(directory, 'cgrules.d'), { recursive: true });
  symlinkSync(join(elsewhere, 'cgconfig.d'), join(directory, 'cgrules.d'));
  const out = await readGroupFiles(directory);
  assert.deepEqual([namesOf(out), out.isComplete], [['cgconfig.conf', 'cgconfig.d/a.conf'], false]);
});

test('a directory that is not there has nothing, and not all is known of it', async () => {
  assert.deepEqual(await readGroupFiles('/nonexistent/directory'), { files: [], directories: [], isComplete: false });
});

test('files whose inodes a number would round to one are told apart', () => {
  const stamps = [0n, 1n].map((more) => stampOf({ ino: 2n ** 60n + more, size: 1n, mtimeNs: 2n ** 60n }));
  assert.notEqual(stamps[0], stamps[1]);
});
