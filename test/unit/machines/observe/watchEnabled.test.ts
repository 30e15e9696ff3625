import assert from 'node:assert/strict';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createInventory } from '../../../../src/machines/nspawn/createInventory.ts';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import { createFakeHost, until } from './fakeHost.ts';
import type { FakeHost } from './fakeHost.ts';

describe('which machines start at boot', () => {
  const now: { host?: FakeHost; inventory?: Inventory } = {};
  const told: string[] = [];
  const host = (): FakeHost => now.host ?? assert.fail();
  const inventory = (): Inventory => now.inventory ?? assert.fail();
  const link = (name: string): string => join(host().paths.enabledMachines, `systemd-nspawn@${name}.service`);
  const enable = (name: string): Promise<void> =>
    symlink('/usr/lib/systemd/system/systemd-nspawn@.service', link(name));

  beforeEach(async () => {
    told.length = 0;
    now.host = await createFakeHost();
    now.inventory = createInventory({ imageDirectories: [] }, now.host.paths);
    now.inventory.onDidChange((changes) => {
      for (const change of changes) if (change.kind === 'bootStateChanged') told.push(change.id);
    });
  });
  afterEach(async () => {
    inventory().dispose();
    await host().remove();
  });

  test('is read from links that come and go, also where their directory comes later', async () => {
    await inventory().watch();
    assert.deepEqual([...inventory().enabled], []);
    await mkdir(host().paths.enabledMachines, { recursive: true });
    await enable('web');
    await symlink('elsewhere', join(host().paths.enabledMachines, 'other.service'));
    await until('web is enabled', () => inventory().enabled.has('web'));
    assert.deepEqual([...inventory().enabled], ['web']);
    await enable('a.b-c');
    await until('the second is enabled', () => inventory().enabled.has('a.b-c'));
    await rm(link('web'));
    await until('web is disabled', () => !inventory().enabled.has('web'));
    assert.deepEqual(told, ['web', 'a.b-c', 'web']);
  });

  test('is asked once by a refresh while nobody watches, and not followed', async () => {
    await mkdir(host().paths.enabledMachines, { recursive: true });
    await enable('web');
    await inventory().refresh();
    assert.deepEqual([...inventory().enabled], ['web']);
  });

  test('is followed no longer when nobody watches any more', async () => {
    await mkdir(host().paths.enabledMachines, { recursive: true });
    await inventory().watch();
    inventory().pause();
    await enable('web');
    await inventory().refresh();
    assert.deepEqual(told, ['web']);
    assert.ok(inventory().enabled.has('web'));
  });
});
