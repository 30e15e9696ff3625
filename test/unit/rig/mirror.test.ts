import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { debianMirror } from '../../host/boot/mirror.ts';

/** Like the real one it names no target before it has fetched the lists. */
const aptGet = `#!/bin/sh
here=$(dirname "$0")
echo "$1" >> "$here/calls"
case $1 in
update) : > "$here/lists" ;;
indextargets) [ ! -e "$here/lists" ] || printf '%s\\n' 'http://a/security/ bookworm-security' 'http://a/debian/ bookworm' ;;
esac
`;

describe("the mirror of this machine's apt", () => {
  const saved = { path: process.env['PATH'], cache: process.env['NSPAWN_CACHE'], directory: '' };
  beforeEach(() => {
    saved.directory = mkdtempSync(join(tmpdir(), 'mirror-'));
    writeFileSync(join(saved.directory, 'apt-get'), aptGet, { mode: 0o755 });
    process.env['PATH'] = `${saved.directory}:${saved.path ?? ''}`;
    process.env['NSPAWN_CACHE'] = join(saved.directory, 'cache');
  });
  afterEach(() => {
    process.env['PATH'] = saved.path;
    if (saved.cache === undefined) delete process.env['NSPAWN_CACHE'];
    else process.env['NSPAWN_CACHE'] = saved.cache;
    rmSync(saved.directory, { recursive: true });
  });

  test('is found on a machine that has no lists of packages yet, and lists that are there are not fetched again', async () => {
    for (const calls of [
      'indextargets\nupdate\nindextargets\n',
      'indextargets\nupdate\nindextargets\nindextargets\n',
    ]) {
      assert.equal(await debianMirror(), 'http://a/debian/');
      assert.equal(readFileSync(join(saved.directory, 'calls'), 'utf8'), calls);
    }
  });
});
