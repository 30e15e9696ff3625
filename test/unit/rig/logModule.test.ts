import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { removeTree } from '../../rig/cache.ts';
import { createProgress } from '../../rig/progress.ts';
import { buildLogModule, logObstacle } from '../../workbench/logModule.ts';

const quiet = createProgress({ write: () => true });
const directory = await mkdtemp(join(tmpdir(), 'nspawn-log-'));
const { PATH } = process.env;

/** An executable in front of all others. */
const fake = async (name: string, script: string): Promise<void> => {
  const path = join(directory, 'bin', name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
};

before(async () => {
  for (const name of ['bin', 'vscode']) await mkdir(join(directory, name));
  process.env['PATH'] = `${join(directory, 'bin')}:${PATH ?? ''}`;
  for (const name of ['apt-get', 'g++', 'make', 'python3']) await fake(name, 'exit 1');
  const said = ['npm error gyp info ok', 'npm error getaddrinfo ENOTFOUND nodejs.org', 'npm error gyp ERR! not ok'];
  await fake('npm', `printf '%s\\n' ${said.map((line) => `'${line}'`).join(' ')} >&2; exit 1`);
});
after(async () => {
  process.env['PATH'] = PATH;
  await removeTree(directory);
});

test('a log module that cannot be built is a word, and not the end', async () => {
  assert.equal(await logObstacle(directory), undefined);
  await buildLogModule(directory, {}, quiet);
  const word = (await logObstacle(directory)) ?? '';
  assert.match(word, /^Output channels stay empty, because .*ENOTFOUND nodejs\.org.*try it again\.$/u);
});
