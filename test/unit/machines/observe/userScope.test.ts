import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { backends } from '../../../../src/machines/backends.ts';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import { createInventory } from '../../../../src/machines/nspawn/createInventory.ts';
import { createUserInventory } from '../../../../src/machines/nspawn/user/inventory.ts';
import { userPaths } from '../../../../src/machines/nspawn/user/scope.ts';
import { isAble } from '../../../../src/ui/tree/abilities.ts';
import { createFakeHost, type FakeHost, until } from './fakeHost.ts';

const web = 'nspawn/user/web';

describe("a user's own machines", () => {
  const now: { host?: FakeHost; inventory?: Inventory } = {};
  const told: string[] = [];
  const host = (): FakeHost => now.host ?? assert.fail();
  const inventory = (): Inventory => now.inventory ?? assert.fail();
  const socket = (): string => host().paths.machineVarlink;

  beforeEach(async () => {
    told.length = 0;
    now.host = await createFakeHost();
    const run = join(now.host.root, 'own');
    now.inventory = createUserInventory(
      { imageDirectories: ['/'] },
      { ...now.host.paths, machineVarlink: join(run, 'machine'), imageVarlink: join(run, 'image') },
    );
    now.inventory.onDidChange((changes) => {
      for (const change of changes) told.push(`${change.kind} ${'id' in change ? change.id : ''}`);
    });
    now.host = { ...now.host, paths: { ...now.host.paths, machineVarlink: join(run, 'machine') } };
  });
  afterEach(async () => {
    inventory().dispose();
    await host().remove();
  });

  test('are looked for where systemd has a machined of users, and nowhere before, by references of their own', async () => {
    await mkdir(join(host().root, 'images/web'));
    await host().writeMachine('web', 'SCOPE=user@1000.service\n');
    await inventory().watch();
    await inventory().refresh();
    assert.deepEqual([inventory().machines.size, inventory().images.size, told], [0, 0, []]);

    await mkdir(dirname(socket()));
    // Nothing is listened for on it: what is asked then are the files.
    await mkdir(socket());
    await until('web is seen', () => inventory().machines.has(web) && inventory().images.has(web));
    const machine = inventory().machines.get(web);
    assert.deepEqual([machine?.id, machine?.name, machine?.leader], [web, 'web', 12]);
    // machined says the unit of all that the user has.
    assert.equal(machine?.unit, 'systemd-nspawn@web.service');
    assert.deepEqual(
      [...inventory().images.values()].map(({ id, name }) => `${id} ${name}`),
      [`${web} web`],
    );
    await host().writeMachine('other');
    await until('another is seen', () => told.includes('machineAdded nspawn/user/other'));
    // What did not change is the same object, on which answers hang.
    assert.equal(inventory().machines.get(web), machine);
    await rm(join(host().paths.stateFiles, 'web'));
    await until('web has stopped', () => told.includes(`machineRemoved ${web}`));
    assert.ok(!inventory().machines.has(web));
    assert.deepEqual(
      told.filter((line) => !line.includes(' nspawn/user/')),
      [],
    );
  });

  test('stand among those of the system no second time', async () => {
    const leftOut = 'user@4711.service';
    const system = createInventory({ imageDirectories: [] }, { ...host().paths, leftOut });
    try {
      await host().writeMachine('own', `SCOPE=${leftOut}\n`);
      await host().writeMachine('foreign', 'SCOPE=user@4712.service\n');
      await system.watch();
      assert.deepEqual([...system.machines.keys()], ['foreign']);
    } finally {
      system.dispose();
    }
  });

  test('have what their scope can do, and nothing else', () => {
    const able = (id: string, ability: Parameters<typeof isAble>[2]): boolean =>
      isAble(backends, { machine: id, image: id }, ability);
    for (const ability of ['start', 'poweroff', 'kill', 'enable', 'clone', 'remove', 'shell', 'journal'] as const)
      assert.ok(able(web, ability), ability);
    for (const ability of ['setreadonly', 'run', 'unit', 'nspawn'] as const) {
      assert.ok(!able(web, ability), ability);
      assert.ok(able('web', ability), ability);
    }
  });

  test('lie below the directories of the user', () => {
    const paths = userPaths('/run/user/1000', '/home/eve');
    assert.equal(paths.busSocket, '/run/user/1000/bus');
    assert.equal(paths.stateFiles, '/run/user/1000/systemd/machines');
    assert.equal(paths.imageVarlink, '/run/user/1000/systemd/machine/io.systemd.MachineImage');
    assert.deepEqual(paths.images, ['/home/eve/.local/state/machines']);
    assert.equal(paths.enabledMachines, '/home/eve/.config/systemd/user/machines.target.wants');
  });
});
