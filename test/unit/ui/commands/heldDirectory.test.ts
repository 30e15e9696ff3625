import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { MachineError } from '../../../../src/machines/errors.ts';
import { removeFrom, seenDirectory, writeInto } from '../../../../src/ui/commands/heldDirectory.ts';

describe('a file is taken out of the directory that was seen', () => {
  const now = { root: '' };
  const at = (...parts: string[]): string => join(now.root, ...parts);
  beforeEach(() => {
    now.root = mkdtempSync(join(tmpdir(), 'held-'));
    for (const name of ['seen', 'victim']) {
      mkdirSync(at(name));
      writeFileSync(at(name, 'web.nspawn'), '');
    }
  });
  afterEach(() => rmSync(now.root, { recursive: true }));

  /** What somebody does who may rename the directory. */
  const swap = (): void => {
    renameSync(at('seen'), at('away'));
    symlinkSync(at('victim'), at('seen'));
  };
  const nothing = (): Promise<void> => Promise.resolve();

  test('and of no other that has taken its place since', async () => {
    const identity = await seenDirectory(at('seen'));
    swap();
    const first = { done: false };
    const attempt = removeFrom(at('seen'), identity, 'web.nspawn', () => {
      first.done = true;
      return nothing();
    });
    const isOther = (error: unknown): boolean =>
      error instanceof MachineError && error.failure.kind === 'fileProblem' && error.failure.code === 'ESTALE';
    await assert.rejects(attempt, isOther);
    assert.equal(first.done, false);
    assert.equal(existsSync(at('victim', 'web.nspawn')), true);
  });

  test('also where it is swapped in the middle', async () => {
    await removeFrom(at('seen'), await seenDirectory(at('seen')), 'web.nspawn', () => {
      swap();
      return nothing();
    });
    assert.equal(existsSync(at('victim', 'web.nspawn')), true);
    assert.equal(existsSync(at('away', 'web.nspawn')), false);
  });

  test('where its inode is larger than a number can hold, too', async (t) => {
    const seen = await seenDirectory(at('seen'));
    const held = await open(at('seen'));
    /** Two directories of which a number makes one. */
    const inode = { now: 2n ** 60n + 1n };
    t.mock.method(Object.getPrototypeOf(held) as typeof held, 'stat', (options?: { bigint?: boolean }) =>
      Promise.resolve(options?.bigint === true ? { dev: 1n, ino: inode.now } : { dev: 1, ino: Number(inode.now) }),
    );
    await held.close();
    const identity = '1:1152921504606846977';
    await assert.rejects(removeFrom(at('seen'), seen, 'web.nspawn', nothing));
    inode.now--;
    await assert.rejects(removeFrom(at('seen'), identity, 'web.nspawn', nothing));
    inode.now++;
    await removeFrom(at('seen'), identity, 'web.nspawn', nothing);
    assert.equal(existsSync(at('seen', 'web.nspawn')), false);
  });

  test('and stays where what comes first fails', async () => {
    const failure = new Error('full');
    const attempt = removeFrom(at('seen'), await seenDirectory(at('seen')), 'web.nspawn', () =>
      Promise.reject(failure),
    );
    await assert.rejects(attempt, failure);
    assert.equal(existsSync(at('seen', 'web.nspawn')), true);
  });
});

describe('files are written to the directory that was seen', () => {
  const now = { root: '' };
  const at = (...parts: string[]): string => join(now.root, ...parts);
  beforeEach(() => {
    now.root = mkdtempSync(join(tmpdir(), 'held-'));
    for (const name of ['seen', 'victim']) mkdirSync(at(name));
  });
  afterEach(() => rmSync(now.root, { recursive: true }));

  const slice = { name: 'web.slice', text: 'slice', replaces: false };
  const dropIn = { name: 'user-0.slice.d/50-cgrules.conf', text: 'drop-in', replaces: false };
  const codeIs =
    (code: string) =>
    (error: unknown): boolean =>
      error instanceof MachineError && error.failure.kind === 'fileProblem' && error.failure.code === code;

  test('with the directories in it that they need', async () => {
    mkdirSync(at('seen', 'user-0.slice.d'));
    const deeper = { name: 'a/b/c.conf', text: 'deep', replaces: false };
    await writeInto(at('seen'), await seenDirectory(at('seen')), [slice, dropIn, deeper]);
    assert.equal(readFileSync(at('seen', 'web.slice'), 'utf8'), 'slice');
    assert.equal(readFileSync(at('seen', 'user-0.slice.d', '50-cgrules.conf'), 'utf8'), 'drop-in');
    assert.equal(readFileSync(at('seen', 'a', 'b', 'c.conf'), 'utf8'), 'deep');
  });

  test('and to no other that has taken its place since', async () => {
    const identity = await seenDirectory(at('seen'));
    renameSync(at('seen'), at('away'));
    symlinkSync(at('victim'), at('seen'));
    await assert.rejects(writeInto(at('seen'), identity, [slice]), codeIs('ESTALE'));
    assert.equal(existsSync(at('victim', 'web.slice')), false);
  });

  test('and through no link in it', async () => {
    symlinkSync(at('victim'), at('seen', 'user-0.slice.d'));
    symlinkSync(at('victim', 'web.slice'), at('seen', 'web.slice'));
    const identity = await seenDirectory(at('seen'));
    await assert.rejects(writeInto(at('seen'), identity, [dropIn]), codeIs('ENOTDIR'));
    await assert.rejects(writeInto(at('seen'), identity, [slice]), codeIs('EEXIST'));
    await writeInto(at('seen'), identity, [{ ...slice, replaces: true }]);
    assert.equal(readFileSync(at('seen', 'web.slice'), 'utf8'), 'slice');
    assert.deepEqual(
      [existsSync(at('victim', 'web.slice')), existsSync(at('victim', '50-cgrules.conf'))],
      [false, false],
    );
  });

  test('and no file that came meanwhile is lost', async () => {
    const identity = await seenDirectory(at('seen'));
    writeFileSync(at('seen', 'web.slice'), 'mine');
    await assert.rejects(writeInto(at('seen'), identity, [slice]), codeIs('EEXIST'));
    assert.equal(readFileSync(at('seen', 'web.slice'), 'utf8'), 'mine');
  });
});
