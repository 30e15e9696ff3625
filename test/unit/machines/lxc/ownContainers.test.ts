import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import { createLxcInventory } from '../../../../src/machines/lxc/lxcInventory.ts';
import { findRunning } from '../../../../src/machines/lxc/observe/placeOfGroups.ts';
import { startContainer } from '../../../../src/machines/lxc/operate/containerLife.ts';
import { change, createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const now: { made: FakeContainers[]; inventories: Inventory[] } = { made: [], inventories: [] };
afterEach(() => {
  for (const one of now.inventories.splice(0)) one.dispose();
  for (const one of now.made.splice(0)) one.remove();
});

const fake = (): FakeContainers => {
  const made = createFakeContainers(() => '', true);
  now.made.push(made);
  return made;
};

const inventoryOf = ({ places, lxcpath }: FakeContainers): Inventory => {
  const inventory = createLxcInventory({
    idOf: (path, name) => `${path === lxcpath ? 'own' : 'system'}:${name}`,
    places,
  });
  now.inventories.push(inventory);
  return inventory;
};

const uid = process.geteuid?.() ?? 0;
const slice = `/user.slice/user-${uid}.slice`;
const scope = `${slice}/user@${uid}.service/app.slice/run-1.scope`;

describe("a user's own containers", () => {
  test('stand beside those of the system, and may share their names', async () => {
    const made = fake();
    made.define('web');
    made.run('web', { at: scope, leader: 321 });
    made.write('lxc/web/config', 'lxc.uts.name = web\n');
    const inventory = inventoryOf(made);
    await inventory.watch();
    assert.deepEqual([...inventory.images.keys()].sort(), ['own:web', 'system:web']);
    assert.equal(inventory.machines.get('own:web')?.leader, 321);
    assert.equal(inventory.machines.get('system:web'), undefined);
    assert.deepEqual((await inventory.details('own:web')).state, 'running');
  });

  test('are found in whatever group they were started, and one deeper after a reboot, but not in what others run there', () => {
    const made = fake();
    made.run('web', { at: `${slice}/session-3.scope`, leader: 201 });
    made.run('db', { at: `${scope}/lxc.pivot`, leader: 202, monitor: 102 });
    made.run('other', { at: `${scope}/somebody`, leader: 203, monitor: 103 });
    made.run('outside', { leader: 204, monitor: 104 });
    const found = ['web', 'db', 'other', 'outside'].map((name) => findRunning(made.places, made.ref(name))?.leader);
    assert.deepEqual(found, [201, 202, undefined, undefined]);
  });

  test('are followed by events, from the first one on and into groups that come later', async () => {
    const made = fake();
    const inventory = inventoryOf(made);
    await inventory.watch();
    const added = change(inventory, 'imageAdded', 'own:web');
    made.define('web');
    await added;
    const started = change(inventory, 'machineAdded', 'own:web');
    made.run('web', { at: scope });
    await started;
    const frozen = change(inventory, 'machineChanged', 'own:web');
    made.run('web', { at: scope, frozen: true });
    await frozen;
    // Started anew elsewhere before systemd has taken the old group away.
    const again = new Promise<void>((resolve) => {
      inventory.onDidChange(() => {
        if (inventory.machines.get('own:web')?.leader === 500) resolve();
      });
    });
    const other = scope.replace('run-1', 'run-2');
    made.write('proc/100/task/100/children', '');
    made.run('web', { at: other, leader: 500, monitor: 400 });
    await again;
    const ended = change(inventory, 'machineRemoved', 'own:web');
    rmSync(join(made.root, 'cgroup', other), { recursive: true });
    rmSync(join(made.root, 'cgroup', scope), { recursive: true });
    await ended;
    assert.equal(inventory.machines.size, 0);
  });

  test('cost no watch of a group while there are none, and nothing is held open after that', async () => {
    const made = fake();
    mkdirSync(join(made.root, 'cgroup', scope), { recursive: true });
    const inventory = inventoryOf(made);
    const watches = (): number => process.getActiveResourcesInfo().filter((one) => one === 'FSEventWrap').length;
    await inventory.watch();
    const without = watches();
    const added = change(inventory, 'imageAdded', 'own:web');
    made.define('web');
    await added;
    await inventory.refresh();
    assert.ok(watches() > without + 1);
    inventory.pause();
    made.run('web', { at: scope });
    await inventory.refresh();
    assert.ok(inventory.machines.has('own:web'));
    assert.equal(watches(), 0);
  });

  test('are started in a group that is handed to the user, where there is somebody who can', () => {
    const made = fake();
    made.define('web');
    assert.equal(startContainer(made.host, made.ref('web')).command.file, 'lxc-start');
    made.write('runtime/systemd/private', '');
    const { file, args } = startContainer(made.host, made.ref('web')).command;
    assert.equal(file, 'env');
    assert.deepEqual(args.slice(0, 8), [
      `XDG_RUNTIME_DIR=${made.root}/runtime`,
      ...['systemd-run', '--user', '--scope', '--quiet', '--collect', '--property=Delegate=yes', '--'],
    ]);
    assert.deepEqual(args.slice(8, 11), ['lxc-start', `--lxcpath=${made.lxcpath}`, '--name=web']);
  });
});
