import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import '../vscode/register.ts';
import type { CgroupsTree } from '../../../../src/ui/cgroups/cgroupsTree.ts';
import { type FakeGroup, fakeGroup, fakeSource } from './fakeGroups.ts';

const { createCgroupsTree } = await import('../../../../src/ui/cgroups/cgroupsTree.ts');

const intervalMs = 3000;

describe('the figures of control groups', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  interface Made {
    readonly tree: CgroupsTree;
    readonly web: FakeGroup;
    readonly drawn: () => number;
    /** Whether all rows were drawn each time, or those that have changed. */
    readonly all: () => ReadonlySet<boolean>;
  }
  const made = (severalSelected = false): Made => {
    const web = fakeGroup({ tasks: 1, memory: 1 });
    const tree = createCgroupsTree({
      source: fakeSource(fakeGroup({ tasks: 9 }, { web })),
      arrangement: { sortBy: 'name', showEmpty: true, filter: '' },
      intervalMs: () => intervalMs,
      severalSelected: () => severalSelected,
      onFailure: (failure) => assert.fail(String(failure)),
    });
    const drawings: boolean[] = [];
    tree.onDidChangeTreeData((nodes) => drawings.push(nodes === undefined));
    return { tree, web, drawn: () => drawings.length, all: () => new Set(drawings) };
  };
  /** Time passes for that many samples, each with other figures than the one before; tells how often rows were drawn. */
  const samples = async (count: number, { web, drawn }: ReturnType<typeof made>): Promise<number> => {
    const before = drawn();
    for (let sample = 0; sample < count; sample += 1) {
      web.usage = { tasks: 1, memory: (web.usage.memory ?? 0) + 1_000_000 };
      mock.timers.tick(intervalMs);
      // The sample itself takes some turns of the event loop.
      for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    }
    return drawn() - before;
  };

  test('are drawn at every second sample, and for a while not at all after somebody has read a hover', async () => {
    const all = made();
    const [root] = all.tree.getChildren(undefined);
    assert.ok(root !== undefined);
    all.tree.getChildren(root);
    all.tree.setExpanded(root, true);
    await samples(2, all);
    assert.equal(await samples(4, all), 2);
    all.tree.resolveTreeItem(all.tree.getTreeItem(root), root);
    assert.equal(await samples(4, all), 0);
    assert.equal(await samples(1, all), 1);
    all.tree.dispose();
  });

  test('are drawn with all rows while several are selected, of which VS Code would forget those below one that is drawn alone', async () => {
    for (const several of [false, true]) {
      const all = made(several);
      const [root] = all.tree.getChildren(undefined);
      all.tree.getChildren(root);
      await samples(4, all);
      assert.deepEqual(all.all(), new Set([several]));
      all.tree.dispose();
    }
  });

  test('are neither read nor drawn while nobody sees them', async () => {
    const all = made();
    all.tree.getChildren(undefined);
    all.tree.hide();
    assert.equal(await samples(6, all), 0);
    all.tree.dispose();
  });

  test('no row is drawn while VS Code is shown the way to one, neither some nor all, and all are drawn behind it', async () => {
    const all = made();
    const [root] = all.tree.getChildren(undefined);
    all.tree.getChildren(root);
    const before = all.drawn();
    await all.tree.quietly(async () => {
      await all.tree.askAnew();
      await samples(4, all);
      assert.equal(all.drawn(), before);
    });
    assert.equal(all.drawn(), before + 1);
    assert.deepEqual(all.all(), new Set([true]));
    all.tree.dispose();
  });
});
