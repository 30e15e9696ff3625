import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import { createLxcInventory } from '../../../../src/machines/lxc/lxcInventory.ts';
import { change, createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const now: { made: FakeContainers[]; inventories: Inventory[] } = { made: [], inventories: [] };
afterEach(() => {
  for (const one of now.inventories.splice(0)) one.dispose();
  for (const one of now.made.splice(0)) one.remove();
});

const fake = (): FakeContainers => {
  const made = createFakeContainers();
  now.made.push(made);
  return made;
};

const inventoryOf = ({ places, lxcpath }: FakeContainers): Inventory => {
  const inventory = createLxcInventory({
    idOf: (path, name) => `${path === lxcpath ? 'lxc' : 'elsewhere'}:${name}`,
    places,
  });
  now.inventories.push(inventory);
  return inventory;
};

describe('the containers of LXC', () => {
  test('are listed with what their configurations and the kernel say', async () => {
    const made = fake();
    made.define('web', 'lxc.start.auto = 1\n');
    made.define('a b; $(id)');
    made.write('lxc/web/rootfs/etc/os-release', 'PRETTY_NAME=Box\n');
    made.run('web', { leader: 321 });
    const inventory = inventoryOf(made);
    await inventory.watch();
    assert.deepEqual([...inventory.images.keys()].sort(), ['lxc:a b; $(id)', 'lxc:web']);
    assert.equal(inventory.images.get('lxc:web')?.path, join(made.lxcpath, 'web/rootfs'));
    assert.deepEqual([...inventory.enabled], ['lxc:web']);
    const machine = inventory.machines.get('lxc:web');
    assert.deepEqual(
      [machine?.name, machine?.leader, machine?.rootDirectory],
      ['web', 321, join(made.lxcpath, 'web/rootfs')],
    );
    assert.deepEqual(await inventory.details('lxc:web'), {
      state: 'running',
      os: { id: undefined, name: undefined, versionId: undefined, prettyName: 'Box' },
      addresses: [],
    });
    assert.equal((await inventory.imageOs('lxc:web'))?.prettyName, 'Box');
    await assert.rejects(inventory.details('lxc:none'));
  });

  test('are all known when the first answer is there, however many run', async () => {
    const made = fake();
    const names = Array.from({ length: 60 }, (_, index) => `web${index}`);
    for (const [index, name] of names.entries()) {
      made.define(name);
      made.run(name, { leader: 1000 + index, monitor: 2000 + index });
    }
    const inventory = inventoryOf(made);
    await inventory.watch();
    assert.equal(inventory.images.size, names.length);
    assert.equal(inventory.machines.size, names.length);
  });

  test('are only directories with a configuration, and no links lead elsewhere', async () => {
    const made = fake();
    mkdirSync(join(made.lxcpath, 'empty'));
    mkdirSync(join(made.lxcpath, 'odd/config'), { recursive: true });
    made.define('.hidden');
    writeFileSync(join(made.lxcpath, 'file'), '');
    symlinkSync('/etc', join(made.lxcpath, 'link'));
    made.define('broken', 'lxc.banana = 1\nlxc.x\n');
    symlinkSync('/etc/os-release', join(made.lxcpath, 'broken/rootfs/os-release'));
    mkdirSync(join(made.lxcpath, 'broken/rootfs/etc'));
    symlinkSync('../../../../../../../../etc/os-release', join(made.lxcpath, 'broken/rootfs/etc/os-release'));
    const inventory = inventoryOf(made);
    await inventory.watch();
    assert.deepEqual([...inventory.images.keys()], ['lxc:broken']);
    assert.equal(await inventory.imageOs('lxc:broken'), undefined);
  });

  test('are followed by the events of files', async () => {
    const made = fake();
    const inventory = inventoryOf(made);
    await inventory.watch();

    const added = change(inventory, 'imageAdded', 'lxc:web');
    made.define('web');
    await added;
    const boot = change(inventory, 'bootStateChanged', 'lxc:web');
    made.define('web', 'lxc.start.auto = 1\n');
    await boot;
    assert.ok(inventory.enabled.has('lxc:web'));

    const started = change(inventory, 'machineAdded', 'lxc:web');
    made.run('web');
    await started;
    assert.equal(inventory.machines.get('lxc:web')?.frozen, false);
    const frozen = change(inventory, 'machineChanged', 'lxc:web');
    made.run('web', { frozen: true });
    await frozen;
    assert.equal(inventory.machines.get('lxc:web')?.frozen, true);
    const ended = change(inventory, 'machineRemoved', 'lxc:web');
    made.end('web');
    await ended;
    assert.equal(inventory.machines.size, 0);

    const removed = change(inventory, 'imageRemoved', 'lxc:web');
    rmSync(join(made.lxcpath, 'web'), { recursive: true });
    await removed;
    assert.deepEqual([inventory.images.size, inventory.enabled.size], [0, 0]);
  });

  // What an earlier monitor has left makes LXC put a number behind the name of one group, and not of the other.
  for (const [what, monitor, payload] of [
    ['the monitor', 'web-1', 'web'],
    ['the payload', 'web', 'web-2'],
  ] as const)
    test(`are followed where only the group of ${what} has a number, or is the only one that stays`, async () => {
      const made = fake();
      const inventory = inventoryOf(made);
      await inventory.watch();
      made.define('web');
      made.write('cgroup/lxc.monitor.web/cgroup.procs', '');
      const started = change(inventory, 'machineAdded', 'lxc:web');
      made.run('web', { key: monitor, payload });
      await started;
      const frozen = change(inventory, 'machineChanged', 'lxc:web');
      made.run('web', { key: monitor, payload, frozen: true });
      await frozen;
      // Killed: the groups stay, and the kernel tells by the file of the payload alone.
      const ended = change(inventory, 'machineRemoved', 'lxc:web');
      made.write(`cgroup/lxc.monitor.${monitor}/cgroup.procs`, '');
      made.write(`cgroup/lxc.payload.${payload}/cgroup.events`, 'populated 0\nfrozen 0\n');
      await ended;
      assert.equal(inventory.machines.size, 0);
    });

  test('are read anew on request while nobody watches, and then nothing is held open', async () => {
    const made = fake();
    const inventory = inventoryOf(made);
    await inventory.watch();
    inventory.pause();
    made.define('web');
    made.run('web');
    await inventory.refresh();
    assert.deepEqual([[...inventory.images.keys()], [...inventory.machines.keys()]], [['lxc:web'], ['lxc:web']]);
    assert.ok(!process.getActiveResourcesInfo().includes('FSEventWrap'));
  });

  test('are none, and nothing is watched, where LXC is not installed', async () => {
    const made = fake();
    made.define('web');
    made.run('web');
    rmSync(join(made.root, 'bin/lxc-start'));
    const inventory = inventoryOf(made);
    await inventory.watch();
    await inventory.refresh();
    assert.deepEqual([inventory.images.size, inventory.machines.size], [0, 0]);
    assert.ok(!process.getActiveResourcesInfo().includes('FSEventWrap'));
  });

  test('are followed from the refresh on that comes behind its installation', async () => {
    const made = fake();
    made.define('web');
    const program = join(made.root, 'bin/lxc-start');
    renameSync(program, `${program}.later`);
    const inventory = inventoryOf(made);
    await inventory.watch();
    renameSync(`${program}.later`, program);
    await inventory.refresh();
    assert.deepEqual([...inventory.images.keys()], ['lxc:web']);
    const added = change(inventory, 'imageAdded', 'lxc:later');
    made.define('later');
    await added;
    const started = change(inventory, 'machineAdded', 'lxc:web');
    made.run('web');
    await started;
  });

  test('of another directory are found there', async () => {
    const made = fake();
    made.define('web');
    made.write('lxc.conf', '# none\n');
    const inventory = inventoryOf(made);
    made.write('lxc.conf', `lxc.lxcpath = ${made.lxcpath}/\n`);
    await inventory.watch();
    assert.deepEqual([...inventory.images.keys()], ['lxc:web']);
  });
});
