import assert from 'node:assert/strict';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { InventoryChange } from '../../../../src/machines/inventory.ts';
import { createMachineWatch } from '../../../../src/machines/nspawn/observe/watchMachines.ts';
import type { MachineWatch } from '../../../../src/machines/nspawn/observe/watchMachines.ts';
import { aMoment, createFakeHost, until } from './fakeHost.ts';
import type { FakeHost } from './fakeHost.ts';

describe('machines from state files', () => {
  const now: { host?: FakeHost; watch?: MachineWatch } = {};
  const changes: InventoryChange[] = [];
  const host = (): FakeHost => now.host ?? assert.fail();
  const watch = (): MachineWatch => now.watch ?? assert.fail();
  const file = (name: string): string => join(host().paths.stateFiles, name);
  const told = (kind: string, name: string): boolean =>
    changes.some((change) => change.kind === kind && 'id' in change && change.id === name);

  beforeEach(async () => {
    changes.length = 0;
    now.host = await createFakeHost();
    now.watch = createMachineWatch(now.host.paths.stateFiles, (some) => void changes.push(...some));
  });
  afterEach(async () => {
    watch().stop();
    await host().remove();
  });

  test('come, change and go with their files', async () => {
    await host().writeMachine('first');
    await watch().start();
    assert.deepEqual(changes, [{ kind: 'machineAdded', id: 'first' }]);
    await host().writeMachine('second');
    await until('second is there', () => told('machineAdded', 'second'));
    await host().writeMachine('second', 'NETIF=7\n');
    await until('second has an interface', () => watch().machines.get('second')?.networkInterfaces[0] === 7);
    assert.ok(told('machineChanged', 'second'));
    await rm(file('first'));
    await until('first is gone', () => told('machineRemoved', 'first'));
    assert.deepEqual([...watch().machines.keys()], ['second']);
  });

  test('that are written anew without a difference are not told', async () => {
    await host().writeMachine('same');
    await watch().start();
    const text = await readFile(file('same'));
    for (let round = 0; round < 5; round += 1) {
      await writeFile(file(`.#same${round}`), text);
      await rename(file(`.#same${round}`), file('same'));
    }
    await aMoment();
    assert.deepEqual(changes, [{ kind: 'machineAdded', id: 'same' }]);
  });

  test('are not believed while half written, and read when whole', async () => {
    await host().writeMachine('known');
    await watch().start();
    await writeFile(file('known'), '');
    await writeFile(file('new'), 'NAME=new\nCLA');
    await writeFile(file('garbage'), Buffer.alloc(100_000, 0xff));
    await writeFile(join(host().root, 'elsewhere'), 'NAME=link\nCLASS=container\n');
    await symlink('../../elsewhere', file('link'));
    await aMoment();
    assert.deepEqual(changes, [{ kind: 'machineAdded', id: 'known' }]);
    await host().writeMachine('new');
    await until('new is there', () => told('machineAdded', 'new'));
    assert.deepEqual([...watch().machines.keys()].sort(), ['known', 'new']);
  });

  test('are found when their directory comes later, and again when it is replaced', async () => {
    await rm(join(host().root, 'run'), { recursive: true });
    await watch().start();
    await mkdir(host().paths.stateFiles, { recursive: true });
    await host().writeMachine('late');
    await until('late is there', () => told('machineAdded', 'late'));
    await rename(host().paths.stateFiles, join(host().root, 'elsewhere'));
    await until('late is gone', () => told('machineRemoved', 'late'));
    await mkdir(host().paths.stateFiles);
    await host().writeMachine('later');
    await until('later is there', () => told('machineAdded', 'later'));
  });

  test('are no longer looked at after a stop, and all seen after the next start', async () => {
    await host().writeMachine('gone');
    await watch().start();
    watch().stop();
    changes.length = 0;
    await host().writeMachine('hidden');
    await rm(file('gone'));
    await aMoment();
    assert.deepEqual(changes, []);
    await watch().start();
    assert.ok(told('machineAdded', 'hidden') && told('machineRemoved', 'gone'));
  });
});
