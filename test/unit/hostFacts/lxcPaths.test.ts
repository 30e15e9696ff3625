import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { configuredLxcPaths } from '../../../src/hostFacts/lxcPaths.ts';
import { followsIncludes, isForThisHost } from '../../../src/hostFacts/place.ts';

test('containers below the directories that lxc.conf names are of this host', (context) => {
  const root = mkdtempSync(join(tmpdir(), 'lxc-paths-'));
  context.after(() => rmSync(root, { recursive: true }));
  assert.deepEqual(configuredLxcPaths(root, '/home/a'), []);
  mkdirSync(join(root, 'etc/lxc'), { recursive: true });
  mkdirSync(join(root, 'home/a/.config/lxc'), { recursive: true });
  writeFileSync(join(root, 'etc/lxc/lxc.conf'), '# a\nlxc.lxcpath = /srv/lxc//\nlxc.lxcpath = /b\n');
  writeFileSync(join(root, 'home/a/.config/lxc/lxc.conf'), 'lxc.lxcpath = relative\n');
  const paths = configuredLxcPaths(root, '/home/a');
  assert.deepEqual(paths, ['/srv/lxc']);
  for (const [path, isOurs] of [
    ['/srv/lxc/web/config', true],
    ['/var/lib/lxc/web/config', true],
    ['/srv/lxc/web/deep/config', false],
    ['/data/lxc/web/config', false],
  ] as const) {
    assert.equal(followsIncludes(path, paths), isOurs, path);
    assert.equal(isForThisHost(path, { trust: 'unknown' }, [], paths), isOurs, path);
  }
});
