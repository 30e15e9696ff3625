import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { afterEach, mock, test } from 'node:test';
import { identityOf } from '../../../src/machines/host/watchDirectory.ts';

afterEach(() => {
  mock.restoreAll();
  syncBuiltinESMExports();
});

test('a directory is called by its device and its inode', async () => {
  const { dev, ino } = statSync(tmpdir(), { bigint: true });
  assert.equal(await identityOf(tmpdir()), `${dev}:${ino}`);
});

test('an inode that no number holds keeps all of its digits', async () => {
  const large = { dev: 2n ** 53n + 1n, ino: 2n ** 64n - 1n };
  mock.method(fs, 'stat', (_path: string, options?: { bigint?: boolean }) =>
    Promise.resolve(options?.bigint === true ? large : { dev: Number(large.dev), ino: Number(large.ino) }),
  );
  syncBuiltinESMExports();
  assert.equal(await identityOf('/'), '9007199254740993:18446744073709551615');
});

test('where no directory is, that is told', () => assert.rejects(identityOf('/nowhere/at/all'), { code: 'ENOENT' }));
