import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { cacheDirectory } from '../../../src/lint/cacheDirectory.ts';

const before = process.env['XDG_CACHE_HOME'];
const now = { home: '' };
beforeEach(() => {
  now.home = mkdtempSync(join(tmpdir(), 'cache-directory-'));
  delete process.env['XDG_CACHE_HOME'];
});
afterEach(() => {
  mock.restoreAll();
  syncBuiltinESMExports();
  rmSync(now.home, { recursive: true });
  if (before !== undefined) process.env['XDG_CACHE_HOME'] = before;
});

const homeIs = (homedir: () => string): void => {
  mock.method(os, 'homedir', homedir);
  syncBuiltinESMExports();
};

test('code is kept in the home of the user, or where the environment says', () => {
  homeIs(() => now.home);
  assert.equal(cacheDirectory(), join(now.home, '.cache/nspawn-lint'));
  process.env['XDG_CACHE_HOME'] = now.home;
  assert.equal(cacheDirectory(), join(now.home, 'nspawn-lint'));
});

test('a user without a home keeps none', () => {
  homeIs(() => {
    throw new Error('A system error occurred: uv_os_homedir returned ENOENT (no such file or directory)');
  });
  assert.equal(cacheDirectory(), undefined);
});

test('nor does one whose home cannot be looked at', () => {
  homeIs(() => join(now.home, 'a'.repeat(300)));
  assert.equal(cacheDirectory(), undefined);
  writeFileSync(join(now.home, 'file'), '');
  homeIs(() => join(now.home, 'file/below'));
  assert.equal(cacheDirectory(), undefined);
});
