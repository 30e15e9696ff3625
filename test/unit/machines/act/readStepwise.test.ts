import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { readStepwise } from '../../../../src/machines/nspawn/attach/readStepwise.ts';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import { executeSync, presentTool } from '../../../rig/program.ts';

const held = { root: '' };
const run = createRun();

beforeEach(async () => {
  held.root = await mkdtemp(join(tmpdir(), 'stepwise-'));
  await mkdir(join(held.root, 'machine/etc'), { recursive: true });
  await mkdir(join(held.root, 'outside'));
  await writeFile(join(held.root, 'outside/passwd'), 'secret');
});

afterEach(async () => {
  await rm(held.root, { recursive: true, force: true });
});

const read = (maximum = 100): Promise<string> =>
  run(readStepwise(join(held.root, 'machine'), ['etc', 'passwd'], maximum));
const passwd = (): string => join(held.root, 'machine/etc/passwd');

/** What a failing read says last; each refusal has its own reason. */
const refusal = (pattern: RegExp) => (error: unknown) => {
  const said = error instanceof Error && 'failure' in error ? JSON.stringify(error.failure) : '';
  return pattern.test(said);
};

test('a plain file, up to so many bytes', async () => {
  await writeFile(passwd(), 'root:x:0');
  assert.equal(await read(), 'root:x:0');
  assert.equal(await read(4), 'root');
});

test('no link is followed, neither as the file nor on the way', async () => {
  await symlink(join(held.root, 'outside/passwd'), passwd());
  await assert.rejects(read(), refusal(/not a plain file/u));
  await rm(join(held.root, 'machine/etc'), { recursive: true });
  await symlink(join(held.root, 'outside'), join(held.root, 'machine/etc'));
  await assert.rejects(read(), refusal(/ELOOP|ENOTDIR/u));
});

test('neither a fifo nor a directory nor a missing file', async () => {
  await assert.rejects(read(), refusal(/ENOENT/u));
  executeSync(presentTool('mkfifo'), [passwd()]);
  await assert.rejects(read(), refusal(/not a plain file/u));
  await rm(passwd());
  await mkdir(passwd());
  await assert.rejects(read(), refusal(/not a plain file/u));
});

test('another process reads, because nobody can end a thread of this one that waits for a file', async () => {
  const command = readStepwise('/proc/self', ['status'], 4_096);
  assert.doesNotMatch(await run(command), new RegExp(`^Pid:\\s${process.pid}$`, 'mu'));
  assert.ok(command.timeoutMs !== undefined && command.timeoutMs <= 10_000);
});
