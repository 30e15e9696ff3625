import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import '../vscode/register.ts';
import { backends } from '../../../../src/machines/backends.ts';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import { createBusyRows } from '../../../../src/ui/busyRows.ts';
import { createRowMoves } from '../../../../src/ui/rowMoves.ts';
import type { MachinesTree } from '../../../../src/ui/tree/machinesTree.ts';
import { type Node, nodeId } from '../../../../src/ui/tree/node.ts';
import { fakeGroup, fakeSource } from '../cgroups/fakeGroups.ts';
import { log } from '../vscode/standIn.ts';
import { details, image, machine, named } from './samples.ts';

const { createMachinesTree } = await import('../../../../src/ui/tree/machinesTree.ts');

const begin = 1_700_000_000_000;
const seconds = 1_000;

/** An inventory in which one machine has run for half a minute, and nothing ever happens. */
const quietInventory = (): Inventory => ({
  availability: { kind: 'ready' },
  machines: named(machine('web', { since: begin - 30 * seconds })),
  images: named(image('web'), image('still')),
  imagesCut: false,
  enabled: new Set(),
  failed: new Map(),
  watch: () => Promise.resolve(),
  pause: () => undefined,
  refresh: () => Promise.resolve(),
  details: () => Promise.resolve(details()),
  imageOs: () => Promise.resolve(undefined),
  onDidChange: () => () => undefined,
  dispose: () => undefined,
});

describe('running times', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: begin }));
  afterEach(() => mock.timers.reset());

  const made = (): { readonly tree: MachinesTree; readonly drawn: string[] } => {
    const tree = createMachinesTree({
      services: { backends, inventory: quietInventory(), busy: createBusyRows(), moves: createRowMoves(), log },
      arrangement: {
        ...{ groupBy: 'none', sortBy: 'name', filter: '' },
        ...{ showHidden: false, showHost: false, showRunningOnly: false },
      },
      nspawnFile: () => Promise.resolve(undefined),
      groups: fakeSource(fakeGroup()),
      useIntervalMs: () => 0,
      onDidDraw: () => undefined,
    });
    const drawn: string[] = [];
    tree.onDidChangeTreeData?.((nodes) => {
      for (const node of [nodes].flat()) drawn.push(node === undefined || node === null ? 'all' : nodeId(node));
    });
    return { tree, drawn };
  };
  const ageOf = async (tree: MachinesTree): Promise<string | undefined> => {
    const rows = (await tree.getChildren()) ?? [];
    const row = rows.find((node: Node) => node.kind === 'image' && node.id === 'web') ?? assert.fail();
    const { description } = await tree.getTreeItem(row);
    return String(description).split(' · ').at(-1);
  };

  test('are those of the moment at which the view is shown again, and tick on from there', async () => {
    const { tree, drawn } = made();
    await tree.show();
    assert.equal(await ageOf(tree), '< 1 min');
    tree.hide();
    drawn.length = 0;
    mock.timers.tick(5 * 60 * seconds);
    assert.deepEqual(drawn, [], 'nothing is drawn while nobody looks');
    await tree.show();
    // VS Code shows what it drew last until it is told that the row reads differently.
    assert.deepEqual(drawn, ['image/web']);
    assert.equal(await ageOf(tree), '5 min');
    drawn.length = 0;
    mock.timers.tick(30 * seconds);
    assert.deepEqual(drawn, ['image/web']);
    assert.equal(await ageOf(tree), '6 min');
    tree.dispose();
  });

  test('are drawn with all rows while several are selected, of which VS Code would forget those below one that is drawn alone', async () => {
    const { tree, drawn } = made();
    await tree.show();
    await ageOf(tree);
    const rows = (await tree.getChildren()) ?? [];
    tree.select([...rows, { kind: 'image', id: 'other' }]);
    drawn.length = 0;
    mock.timers.tick(60 * seconds);
    assert.deepEqual(new Set(drawn), new Set(['all']));
    tree.select(rows.slice(0, 1));
    drawn.length = 0;
    mock.timers.tick(60 * seconds);
    assert.deepEqual(new Set(drawn), new Set(['image/web']));
    tree.dispose();
  });

  test('stand on rows that say whether they are selected among several', async () => {
    const { tree, drawn } = made();
    await tree.show();
    const valueOf = async (node: Node): Promise<string> => String((await tree.getTreeItem(node)).contextValue);
    const [row = assert.fail()] = (await tree.getChildren()) ?? [];
    const alone = await valueOf(row);
    tree.select([row]);
    assert.equal(await valueOf(row), alone);
    drawn.length = 0;
    tree.select([row, { kind: 'image', id: 'other' }]);
    assert.deepEqual(drawn, ['all']);
    assert.equal(await valueOf(row), `${alone};several`);
    tree.select([row]);
    assert.equal(await valueOf(row), alone);
    tree.dispose();
  });
});
