import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { osReleaseInTree, parseOsRelease } from '../../../../src/machines/host/osRelease.ts';
import { nastyOsRelease } from '../../../host/images/nasty.ts';

test('quotes, comments and escapes are those of os-release(5)', () => {
  const text = `# a comment\nID=debian\nNAME='It'\nVERSION_ID="13"\nPRETTY_NAME="A \\"B\\" \\$C"\nIGNORED\n`;
  assert.deepEqual(parseOsRelease(text), { id: 'debian', name: 'It', versionId: '13', prettyName: 'A "B" $C' });
});

test('nothing of an os-release that tries everything gets through but short visible text', () => {
  for (const text of [
    nastyOsRelease,
    'ID=true\nNAME=null',
    '__proto__=x\n[constructor]\nID=x',
    '\0\u{1b}]0;x\u{7}',
    'ID[]=1\nID[]=2',
  ])
    for (const value of Object.values(parseOsRelease(text)) as (string | undefined)[]) {
      assert.doesNotMatch(value ?? '', /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      assert.ok((value ?? '').length <= 256);
    }
});

describe('an os-release in a tree', () => {
  const place = { root: '' };
  const tree = (name: string): string => join(place.root, name);
  before(async () => {
    place.root = await mkdtemp(join(tmpdir(), 'os-release-'));
    await writeFile(tree('outside'), 'ID=outside\n');
    for (const name of ['absolute', 'dots', 'escape', 'loop', 'through', 'fifo', 'fallback'])
      await mkdir(join(tree(name), 'etc'), { recursive: true });
    for (const name of ['absolute', 'dots', 'fallback']) {
      await mkdir(join(tree(name), 'usr/lib'), { recursive: true });
      await writeFile(join(tree(name), 'usr/lib/os-release'), `ID=${name}\n`);
    }
    await writeFile(join(tree('absolute'), 'usr/release'), 'ID=by-link\n');
    await symlink('/usr/release', join(tree('absolute'), 'etc/os-release'));
    await symlink('../../../../../../usr/lib/os-release', join(tree('dots'), 'etc/os-release'));
    await symlink(tree('outside'), join(tree('escape'), 'etc/os-release'));
    await symlink('os-release', join(tree('loop'), 'etc/os-release'));
    await rm(join(tree('through'), 'etc'), { recursive: true });
    await symlink(place.root, join(tree('through'), 'etc'));
    await writeFile(tree('os-release'), 'ID=through\n');
  });
  after(() => rm(place.root, { recursive: true }));

  test('is found through links that mean the root of the tree', async () => {
    assert.equal((await osReleaseInTree(tree('absolute')))?.id, 'by-link');
    assert.equal((await osReleaseInTree(tree('dots')))?.id, 'dots');
    assert.equal((await osReleaseInTree(tree('fallback')))?.id, 'fallback');
  });

  test('is never one outside of the tree', async () => {
    for (const name of ['escape', 'loop', 'through', 'fifo', 'missing'])
      assert.equal(await osReleaseInTree(tree(name)), undefined, name);
  });
});
