import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { readStepwise } from '../../../../src/machines/machinectl/attach/readStepwise.ts';

const held = { root: '' };

beforeEach(async () => {
  held.root = await mkdtemp(join(tmpdir(), 'stepwise-'));
  await mkdir(join(held.root, 'machine/etc'), { recursive: true });
  await mkdir(join(held.root, 'outside'));
  await writeFile(join(held.root, 'outside/passwd'), 'secret');
});

afterEach(async () => {
  await rm(held.root, { recursive: true, force: true });
});

const read = (maximum = 100): Promise<string> => readStepwise(join(held.root, 'machine'), ['etc', 'passwd'], maximum);
const passwd = (): string => join(held.root, 'machine/etc/passwd');

test('a plain file, up to so many bytes', async () => {
  await writeFile(passwd(), 'root:x:0');
  assert.equal(await read(), 'root:x:0');
  assert.equal(await read(4), 'root');
});

test('no link is followed, neither as the file nor on the way', async () => {
  await symlink(join(held.root, 'outside/passwd'), passwd());
  await assert.rejects(read());
  await rm(join(held.root, 'machine/etc'), { recursive: true });
  await symlink(join(held.root, 'outside'), join(held.root, 'machine/etc'));
  await assert.rejects(read());
});

test('neither a fifo nor a directory nor a missing file', async () => {
  await assert.rejects(read(), { code: 'ENOENT' });
  execFileSync('mkfifo', [passwd()]);
  await assert.rejects(read());
  await rm(passwd());
  await mkdir(passwd());
  await assert.rejects(read());
});
