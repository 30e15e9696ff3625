import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import type { Machine } from '../../../../src/machines/machine.ts';
import { rememberMachines } from '../../../../src/ui/commands/sameMachines.ts';

const running = (leaders: Readonly<Record<string, number>>): ReadonlyMap<string, Machine> =>
  new Map(
    Object.entries(leaders).map(([name, leader]) => [
      name,
      {
        id: name,
        name,
        className: 'container',
        service: undefined,
        unit: undefined,
        leader,
        rootDirectory: undefined,
        since: undefined,
        networkInterfaces: [],
      },
    ]),
  );

test('a button that is pressed late acts on those alone that still run as they did', async () => {
  const state = { machines: running({ same: 1, ended: 2, again: 3 }), refreshed: 0 };
  const inventory: Pick<Inventory, 'machines' | 'images' | 'refresh'> = {
    get machines() {
      return state.machines;
    },
    images: new Map(),
    refresh: async () => {
      // Only now is it known what has happened while nobody looked.
      state.refreshed += 1;
      state.machines = running({ same: 1, again: 4 });
      return Promise.resolve();
    },
  };
  const still = rememberMachines({ inventory }, ['same', 'ended', 'again', 'neverRan']);
  assert.deepEqual(await still(), ['same']);
  assert.equal(state.refreshed, 1);
});
