import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ControlGroup, Hierarchy } from '../../../../src/machines/cgroups/controlGroup.ts';
import { readHierarchies } from '../../../../src/machines/cgroups/hierarchies.ts';
import type { Machine } from '../../../../src/machines/machine.ts';
import { machineRow, machineTooltip } from '../../../../src/ui/tree/machineRow.ts';
import { createMachineUse, useText } from '../../../../src/ui/tree/machineUse.ts';
import { l10n } from '../l10n.ts';

const machine: Machine = {
  id: 'web',
  name: 'web',
  className: 'container',
  service: undefined,
  unit: undefined,
  // This process is one of which the group is known wherever this runs.
  leader: process.pid,
  rootDirectory: undefined,
  since: undefined,
  networkInterfaces: [],
};
const usage = { tasks: 3, cpu: 12.34, memory: 48 * 1024 ** 2, read: 5000 };

test('a frozen machine looks like one, and its figures stand on the row only where they are wanted', () => {
  const facts = { machine, details: undefined, busy: undefined, failed: undefined, now: 0 };
  const row = machineRow({ ...facts, use: { usage, frozen: true } }, l10n);
  assert.equal(row.description, 'frozen');
  assert.deepEqual(row.icon, { id: 'debug-pause', color: 'charts.blue' });
  assert.match(row.accessible, /frozen/u);
  const details = { state: 'running', os: undefined, addresses: ['10.0.0.2'] } as const;
  const running = machineRow({ ...facts, details, use: { usage, frozen: false }, figures: true }, l10n);
  assert.equal(running.description, '12.3 % · 48.0 MiB · 10.0.0.2', 'before what a narrow view cuts off');
  assert.equal(running.icon?.id, 'vm-running');
  assert.match(machineTooltip({ ...facts, use: { usage, frozen: false } }, 'en', l10n), /Memory: 48\.0 MiB/u);
});

test('whose inventory tells whether it is frozen, that word counts, and menus know it', () => {
  const facts = { details: undefined, busy: undefined, failed: undefined, now: 0 };
  const rowOf = (frozen: boolean, ofGroup: boolean): ReturnType<typeof machineRow> =>
    machineRow({ ...facts, machine: { ...machine, frozen }, use: { usage, frozen: ofGroup } }, l10n);
  const row = rowOf(true, false);
  assert.deepEqual([row.description, row.contextValue], ['frozen', 'machine;running;frozen;container']);
  assert.equal(row.icon?.id, 'debug-pause');
  assert.equal(rowOf(false, true).contextValue, 'machine;running;container');
});

test('a machine that is frozen while its row is in sight is drawn anew, and nothing is watched any more when it is not', () => {
  const state = { frozen: false, watching: 0, shown: [machine], changed: [] as string[], tell: (): void => undefined };
  const use = createMachineUse({
    source: {
      hierarchies: (): readonly Hierarchy[] => readHierarchies(),
      isFrozen: () => state.frozen,
      watch: (_: ControlGroup, onEvent) => {
        state.watching += 1;
        state.tell = onEvent;
        return () => {
          state.watching -= 1;
        };
      },
      sample: () => Promise.resolve(new Map()),
      sampleMore: () => new Map([['web', usage]]),
      rest: () => undefined,
    },
    shown: () => state.shown,
    intervalMs: () => 0,
    onChanged: (names) => void state.changed.push(...names),
    onFailure: (failure) => assert.fail(String(failure)),
    l10n,
  });
  use.set();
  assert.ok(state.watching > 0);
  assert.equal(use.of('web')?.frozen, false);
  state.tell();
  assert.deepEqual(state.changed, [], 'what did not change is not drawn');
  state.frozen = true;
  state.tell();
  assert.deepEqual(state.changed, ['web']);
  assert.equal(use.of('web')?.frozen, true);
  assert.equal(useText(use.of('web'), l10n), '');
  use.look(machine);
  assert.equal(useText(use.of('web'), l10n), '12.3 % · 48.0 MiB');
  state.shown = [];
  use.set();
  assert.deepEqual([state.watching, use.of('web')], [0, undefined]);
});
