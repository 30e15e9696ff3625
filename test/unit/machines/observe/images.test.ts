import assert from 'node:assert/strict';
import { mkdirSync, rmdirSync } from 'node:fs';
import { chmod, chown, mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createInventory } from '../../../../src/machines/nspawn/createInventory.ts';
import type { Inventory, InventoryChange } from '../../../../src/machines/inventory.ts';
import { mostImages, withKnownSize } from '../../../../src/machines/nspawn/observe/mergeImages.ts';
import { imagesInDirectory } from '../../../../src/machines/nspawn/observe/imagesInDirectory.ts';
import { aMoment, createFakeHost, until } from './fakeHost.ts';
import type { FakeHost } from './fakeHost.ts';

describe('images without machined', () => {
  const now: { host?: FakeHost; inventory?: Inventory } = {};
  const changes: InventoryChange[] = [];
  const host = (): FakeHost => now.host ?? assert.fail();
  const inventory = (): Inventory => now.inventory ?? assert.fail();
  const own = (...parts: string[]): string => join(host().root, 'own', ...parts);
  const pool = (...parts: string[]): string => join(host().root, 'images', ...parts);
  const told = (kind: string, name: string): boolean =>
    changes.some((change) => change.kind === kind && 'id' in change && change.id === name);

  beforeEach(async () => {
    changes.length = 0;
    const made = await createFakeHost();
    now.host = made;
    await mkdir(own('tree/usr'), { recursive: true });
    await mkdir(own('tree/etc'));
    await writeFile(own('tree/etc/os-release'), 'ID=own\n');
    await mkdir(own('bare/bin'), { recursive: true });
    await mkdir(own('bare/etc'));
    await mkdir(own('project/bin'), { recursive: true });
    await writeFile(own('disk.raw'), 'x');
    await truncate(own('disk.raw'), 5000);
    await chmod(own('disk.raw'), 0o444);
    await writeFile(own('notes.txt'), '');
    await writeFile(own('tree.nspawn'), '[Exec]\n');
    await mkdir(pool('tree'));
    await mkdir(pool('empty'));
    await mkdir(pool('.#half'));
    now.inventory = createInventory({ imageDirectories: [own()] }, made.paths);
    now.inventory.onDidChange((some) => void changes.push(...some));
  });
  afterEach(async () => {
    inventory().dispose();
    await host().remove();
  });

  test('are what looks like a system, disk images, and all directories of the pool', async () => {
    await inventory().watch();
    assert.equal(inventory().availability.kind, 'notInstalled');
    const list = [...inventory().images.entries()].map(([key, { name, path, managed }]) => {
      assert.equal(key, name);
      assert.equal(managed, false);
      return [name, path];
    });
    assert.deepEqual(Object.fromEntries(list), {
      tree: pool('tree'),
      empty: pool('empty'),
      bare: own('bare'),
      disk: own('disk.raw'),
      // Its name is taken.
      [own('tree')]: own('tree'),
    });
    const disk = inventory().images.get('disk');
    assert.deepEqual([disk?.type, disk?.readOnly, disk?.limit], ['raw', true, 5000]);
    assert.equal((await inventory().imageOs(own('tree')))?.id, 'own');
    assert.equal(await inventory().imageOs('disk'), undefined);
    assert.equal(await inventory().imageOs('nope'), undefined);
  });

  test('come, change and go by themselves', async () => {
    await inventory().watch();
    changes.length = 0;
    await rename(own('disk.raw'), own('other.raw'));
    await until('it is renamed', () => told('imageRemoved', 'disk') && told('imageAdded', 'other'));
    await truncate(own('other.raw'), 9000);
    await until('it has grown', () => inventory().images.get('other')?.limit === 9000);
    await rm(pool('tree'), { recursive: true });
    await until('the one below has the name now', () => inventory().images.get('tree')?.path === own('tree'));
    assert.ok(told('imageChanged', 'tree') && told('imageRemoved', own('tree')));
    await rename(own(), join(host().root, 'away'));
    await until('the directory is gone', () => inventory().images.size === 1);
    await rename(join(host().root, 'away'), own());
    await until('it is back', () => inventory().images.size === 4);
  });

  test('are asked for once by a refresh while nobody watches, and nothing stays open', async () => {
    await inventory().refresh();
    assert.equal(inventory().images.size, 5);
    changes.length = 0;
    await mkdir(own('unseen/usr'), { recursive: true });
    await host().writeMachine('unseen');
    await aMoment();
    assert.deepEqual(changes, []);
    assert.ok(!process.getActiveResourcesInfo().includes('FSEventWrap'));
    await inventory().refresh();
    assert.ok(told('imageAdded', 'unseen') && told('machineAdded', 'unseen'));
  });

  test('are told no more after a pause', async () => {
    const watching = inventory().watch();
    inventory().pause();
    await watching;
    changes.length = 0;
    await mkdir(own('unseen/usr'), { recursive: true });
    await aMoment();
    assert.deepEqual(changes, []);
  });

  test(
    'are not looked for through links that anybody may have put there',
    { skip: process.getuid?.() !== 0 },
    async () => {
      await mkdir(join(host().root, 'secret/usr'), { recursive: true });
      await symlink(join(host().root, 'secret'), own('outside'));
      await symlink('tree', own('inside'));
      await chown(own(), 12_345, 12_345);
      const names = async (): Promise<string[]> =>
        ((await imagesInDirectory({ directory: own(), managed: false, pool: false })) ?? [])
          .map(({ name }) => name)
          .sort();
      assert.deepEqual(await names(), ['bare', 'disk', 'inside', 'tree']);
      await chown(own(), 0, 0);
      assert.deepEqual(await names(), ['bare', 'disk', 'inside', 'outside', 'tree']);
    },
  );

  test('are ten thousand at most, and it is told that there are more', async () => {
    for (let index = 0; index < mostImages + 2; index += 1) mkdirSync(pool(`many-${index}`));
    await inventory().watch();
    assert.equal(inventory().images.size, mostImages);
    assert.equal(inventory().imagesCut, true);
    for (let index = 0; index < 200; index += 1) rmdirSync(pool(`many-${index}`));
    await inventory().refresh();
    assert.equal(inventory().imagesCut, false);
  });
});

test('an image whose size nobody can tell just now keeps the one that was known, as long as it is the same image', () => {
  const image = {
    id: 'tree',
    name: 'tree',
    type: 'subvolume',
    path: '/var/lib/machines/tree',
    readOnly: false,
    usage: undefined,
    limit: undefined,
    created: 1,
    modified: 2,
    managed: true,
  } as const;
  const known = { ...image, usage: 4096, limit: 8192 };
  assert.deepEqual(withKnownSize(known, image), known);
  assert.equal(withKnownSize({ ...known, created: 7 }, image).usage, undefined, 'another one of that name');
  assert.equal(withKnownSize(known, { ...image, usage: 5 }).usage, 5);
  assert.equal(withKnownSize(undefined, image), image);
});
