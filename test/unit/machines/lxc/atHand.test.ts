import assert from 'node:assert/strict';
import fs, { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, mock, test } from 'node:test';
import { createLxcInventory } from '../../../../src/machines/lxc/lxcInventory.ts';
import { atHandIn, readAtHand } from '../../../../src/machines/lxc/observe/atHand.ts';
import { executeSync, presentTool } from '../../../rig/program.ts';
import { createFakeContainers } from './fakeContainers.ts';
import { boundedReads } from '../../../../src/machines/host/boundedReads.ts';
import { createContainersWatch } from '../../../../src/machines/lxc/observe/watchContainers.ts';

const mounted = (...mounts: readonly (readonly [string, string])[]): string =>
  mounts.map(([point, type]) => `30 22 0:9 / ${point} rw,nosuid shared:1 master:2 - ${type} source rw\n`).join('');

const isAtHand = (name: string, ...mounts: readonly (readonly [string, string])[]): boolean =>
  atHandIn('/var/lib/lxc', mounted(...mounts))(name);

describe('what is read by the thread of the extensions', () => {
  const top = mkdtempSync(join(tmpdir(), 'at-hand-'));
  after(() => rmSync(top, { recursive: true }));
  const root = ['/', 'ext4'] as const;

  test('lies on local file systems all the way', () => {
    assert.equal(isAtHand('web', root), true);
    assert.equal(isAtHand('web', root, ['/var/lib/lxc', 'btrfs']), true);
    assert.equal(isAtHand('web', root, ['/var/lib/lxcfs', 'fuse.lxcfs'], ['/var/lib/lxc/other', 'nfs4']), true);
    for (const type of ['nfs4', 'fuse.sshfs', 'cifs', 'autofs', '9p', 'ceph'])
      assert.equal(isAtHand('web', root, ['/var/lib/lxc', type]), false, type);
    assert.equal(isAtHand('web', root, ['/var', 'nfs'], ['/var/lib/lxc', 'ext4']), false);
    assert.equal(isAtHand('web', ['/', 'nfs']), false);
    assert.equal(isAtHand('web'), false);
  });

  test('is no mount point itself, whatever its name and whatever is mounted there', () => {
    assert.equal(isAtHand('web', root, ['/var/lib/lxc/web', 'nfs4']), false);
    assert.equal(isAtHand('web', root, ['/var/lib/lxc/web/config', 'ext4']), false);
    assert.equal(isAtHand('a b', root, ['/var/lib/lxc/a\\040b', 'fuse.x']), false);
    assert.equal(isAtHand('web', root, ['/var/lib/lxc/web/rootfs', 'nfs4']), true);
  });

  test('is a plain file of at most a mebibyte behind its being opened', () => {
    const at = (name: string): string => join(top, name);
    writeFileSync(at('config'), 'lxc.uts.name = wéb\n');
    assert.equal(readAtHand(at('config')), 'lxc.uts.name = wéb\n');
    writeFileSync(at('large'), Buffer.alloc(1024 * 1024 + 1, 35));
    assert.equal(readAtHand(at('large')), undefined);
    executeSync(presentTool('mkfifo'), [at('pipe')]);
    assert.equal(readAtHand(at('pipe')), undefined);
    symlinkSync('config', at('link'));
    assert.throws(() => readAtHand(at('link')), { code: 'ELOOP' });
  });

  for (const [what, type, most] of [
    ['is', 'ext4', true],
    ['is not', 'nfs4', false],
  ] as const)
    test(`${what} what a directory of ${type} holds, and both are listed alike`, async (t) => {
      const made = createFakeContainers();
      t.after(made.remove);
      made.write('proc/self/mountinfo', mounted(root, [made.lxcpath, type]));
      made.define('web', 'lxc.start.auto = 1\n');
      made.define('large', `#${'x'.repeat(1024 * 1024)}\nlxc.start.auto = 1\n`);
      const looks = [mock.method(fs, 'lstatSync'), mock.method(fs, 'openSync')];
      syncBuiltinESMExports();
      t.after(() => {
        mock.restoreAll();
        syncBuiltinESMExports();
      });
      const inventory = createLxcInventory({ idOf: (_path, name) => name, places: made.places });
      t.after(() => inventory.dispose());
      await inventory.watch();
      await inventory.refresh();
      assert.deepEqual([[...inventory.images.keys()].sort(), [...inventory.enabled]], [['large', 'web'], ['web']]);
      const held = looks.map(({ mock: { calls } }) =>
        calls.some(({ arguments: [path] }) => String(path).startsWith(`${made.lxcpath}/`)),
      );
      assert.deepEqual(held, [most, most]);
    });
});

test('a directory that does not answer is asked once more, and what it holds is found then', async () => {
  const fake = createFakeContainers();
  mock.timers.enable({ apis: ['setTimeout'] });
  const releases: (() => void)[] = [];
  const hang = (): Promise<void> => new Promise<void>((resolve) => releases.push(resolve));
  const hanging = [boundedReads(hang), boundedReads(hang)].map((read) => read.catch(() => undefined));
  const watch = createContainersWatch(
    () => fake.lxcpath,
    fake.places.proc,
    () => undefined,
  );
  try {
    fake.define('web');
    await new Promise(setImmediate);
    mock.timers.tick(3_000);
    await Promise.all(hanging);
    watch.start();
    await watch.readAll();
    assert.deepEqual([...watch.containers.keys()], []);
    for (const release of releases) release();
    await new Promise(setImmediate);
    mock.timers.tick(10_000);
    for (let turn = 0; turn < 5_000 && watch.containers.size === 0; turn++) await new Promise(setImmediate);
    assert.deepEqual([...watch.containers.keys()], ['web']);
  } finally {
    watch.stop();
    mock.timers.reset();
    fake.remove();
  }
});
