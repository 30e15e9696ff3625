import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { cacheDirectory } from '../../../src/lint/cacheDirectory.ts';
import { compileFile } from '../../../src/lint/keptCode.ts';

const before = { HOME: process.env['HOME'], XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] };
const now = { home: '' };
beforeEach(() => {
  now.home = mkdtempSync(join(tmpdir(), 'cache-directory-'));
  process.env['HOME'] = now.home;
  delete process.env['XDG_CACHE_HOME'];
});
afterEach(() => {
  rmSync(now.home, { recursive: true });
  if (before.HOME === undefined) delete process.env['HOME'];
  else process.env['HOME'] = before.HOME;
  if (before.XDG_CACHE_HOME === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = before.XDG_CACHE_HOME;
});

test('code is kept in the home of the user, or where the environment says', () => {
  assert.equal(cacheDirectory(), join(now.home, '.cache/nspawn-lint'));
  process.env['XDG_CACHE_HOME'] = now.home;
  assert.equal(cacheDirectory(), join(now.home, 'nspawn-lint'));
  process.env['XDG_CACHE_HOME'] = 'relative';
  assert.equal(cacheDirectory(), join(now.home, '.cache/nspawn-lint'));
});

test('a user without a home keeps none', () => {
  process.env['HOME'] = '';
  assert.equal(cacheDirectory(), undefined);
  delete process.env['HOME'];
  assert.equal(cacheDirectory(), undefined);
  process.env['HOME'] = join(now.home, 'absent');
  assert.equal(cacheDirectory(), undefined);
});

test('nor does one whose home cannot be looked at', () => {
  process.env['HOME'] = join(now.home, 'a'.repeat(300));
  assert.equal(cacheDirectory(), undefined);
  writeFileSync(join(now.home, 'file'), '');
  process.env['HOME'] = join(now.home, 'file/below');
  assert.equal(cacheDirectory(), undefined);
});

test('a directory that XDG_CACHE_HOME names and that is missing is made for this user alone', () => {
  const set = join(now.home, 'not/there');
  process.env['XDG_CACHE_HOME'] = set;
  const directory = cacheDirectory();
  assert.equal(directory, join(set, 'nspawn-lint'));
  const file = join(now.home, 'a.js');
  writeFileSync(file, '(function () {})\n');
  const place = `${directory}/a`;
  const { run, keep } = compileFile(file, place);
  run(createRequire(import.meta.url));
  keep();
  assert.equal(compileFile(file, place).isKept, true);
  for (const made of [join(now.home, 'not'), set, join(set, 'nspawn-lint')])
    assert.equal(statSync(made).mode & 0o777, 0o700, made);
});

test('it is not made where others can write', () => {
  process.env['XDG_CACHE_HOME'] = join(now.home, 'shared/absent');
  mkdirSync(join(now.home, 'shared'));
  for (const mode of [0o777, 0o1777, 0o775]) {
    chmodSync(join(now.home, 'shared'), mode);
    assert.equal(cacheDirectory(), undefined, mode.toString(8));
  }
  chmodSync(join(now.home, 'shared'), 0o755);
  assert.equal(cacheDirectory(), join(now.home, 'shared/absent/nspawn-lint'));
});

test('nothing is made below a file, nor by root in the directory of another user', (t) => {
  writeFileSync(join(now.home, 'file'), '');
  process.env['XDG_CACHE_HOME'] = join(now.home, 'file/below');
  assert.equal(cacheDirectory(), undefined);
  if (process.getuid?.() !== 0) {
    t.skip('only root can give a directory away');
    return;
  }
  mkdirSync(join(now.home, 'other'));
  chownSync(join(now.home, 'other'), 12345, 12345);
  symlinkSync('other', join(now.home, 'link'));
  for (const set of ['other', 'other/absent', 'other/absent/deep', 'absent/../other/absent', 'link/absent']) {
    process.env['XDG_CACHE_HOME'] = `${now.home}/${set}`;
    assert.equal(cacheDirectory(), undefined, set);
  }
});
