import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGroupTree, type CgroupArrangement } from '../../../../src/ui/cgroups/groupTree.ts';
import type { CgroupNode } from '../../../../src/ui/cgroups/node.ts';
import { createOpenedGroups, type OpenableGroupNode } from '../../../../src/ui/cgroups/openedGroups.ts';
import { l10n } from '../l10n.ts';
import { type FakeGroup, fakeGroup, fakeSource, hierarchy } from './fakeGroups.ts';

const plain: CgroupArrangement = { sortBy: 'name', showEmpty: true, filter: '' };

const nameOf = (node: CgroupNode): string => {
  switch (node.kind) {
    case 'process':
      return String(node.pid);
    case 'cgroupNote':
      return node.message;
    case 'hierarchy':
    case 'controlGroup':
      return node.group.path;
  }
};

const host = (): FakeGroup =>
  fakeGroup(
    { tasks: 9 },
    {
      'system.slice': fakeGroup(
        { tasks: 5, memory: 10 },
        {
          'b.service': fakeGroup({ tasks: 2, memory: 300, cpu: 1 }),
          'a.service': fakeGroup({ tasks: 3, memory: 20, cpu: 7 }),
        },
      ),
      box: fakeGroup({ tasks: 0 }, { deep: fakeGroup({ tasks: 0 }) }),
    },
  );

const make = (arrangement: CgroupArrangement = plain) => {
  const root = host();
  const source = fakeSource(root);
  const opened = createOpenedGroups({ source, l10n });
  const tree = createGroupTree(source, opened, arrangement);
  const node = (path: string): OpenableGroupNode => opened.nodeOf({ hierarchy, path });
  const rows = (path: string): string[] => tree.childrenOf(node(path)).map(nameOf);
  const group = (...names: readonly string[]): FakeGroup => {
    const found = names.reduce<FakeGroup | undefined>((above, name) => above?.children.get(name), root);
    assert.ok(found !== undefined);
    return found;
  };
  return { root, source, opened, tree, node, rows, group };
};

test('groups stand above processes, and a group without either says so', () => {
  const { root, rows, tree } = make();
  root.pids = [3, 7];
  assert.deepEqual(tree.roots().map(nameOf), ['/']);
  assert.deepEqual(rows('/'), ['/box', '/system.slice', '3', '7']);
  assert.deepEqual(rows('/box/deep'), ['Nothing in it']);
});

test('only what is opened is read, and once', () => {
  const { source, rows } = make();
  rows('/');
  rows('/');
  rows('/system.slice');
  assert.deepEqual(source.reads, ['/', '/system.slice']);
});

test('groups are sorted by what they use, those of which nothing is known last', async () => {
  const { tree, rows } = make();
  assert.deepEqual(rows('/system.slice'), ['/system.slice/a.service', '/system.slice/b.service']);
  await tree.arrange({ ...plain, sortBy: 'memory' });
  assert.deepEqual(rows('/system.slice'), ['/system.slice/b.service', '/system.slice/a.service']);
  await tree.arrange({ ...plain, sortBy: 'cpu' });
  assert.deepEqual(rows('/system.slice'), ['/system.slice/a.service', '/system.slice/b.service']);
  assert.deepEqual(rows('/'), ['/box', '/system.slice']);
});

test('empty groups can be hidden', () => {
  const { rows } = make({ ...plain, showEmpty: false });
  assert.deepEqual(rows('/'), ['/system.slice']);
});

test('a filter finds groups that nobody has opened, and shows the way to them', async () => {
  const { root, tree, rows, node } = make();
  root.pids = [1];
  await tree.arrange({ ...plain, filter: 'DEEP' });
  assert.deepEqual(rows('/'), ['/box']);
  assert.deepEqual(rows('/box'), ['/box/deep']);
  assert.deepEqual(
    [tree.opensItself(node('/')), tree.opensItself(node('/box')), tree.opensItself(node('/box/deep'))],
    [true, true, false],
  );
  // Below a match everything is shown.
  await tree.arrange({ ...plain, filter: 'box' });
  assert.deepEqual(rows('/box'), ['/box/deep']);
  await tree.arrange(plain);
  assert.deepEqual(rows('/'), ['/box', '/system.slice', '1']);
});

test('a sample tells which rows say something else, and nothing of the others', async () => {
  const { opened, rows, group } = make();
  rows('/');
  rows('/system.slice');
  await opened.sample();
  group('system.slice', 'a.service').usage = { tasks: 4, memory: 20, cpu: 7 };
  const { relisted, changed } = await opened.sample();
  assert.deepEqual(relisted.map(nameOf), []);
  assert.deepEqual(changed.map(nameOf), ['/system.slice/a.service']);
});

test('only what is in sight is sampled', async () => {
  const { opened, source, rows, node } = make();
  rows('/');
  rows('/system.slice');
  await opened.sample();
  assert.equal(source.held, 5);
  opened.setExpanded(node('/'), false);
  await opened.sample();
  assert.equal(source.held, 1);
  opened.rest();
  assert.equal(source.held, 0);
});

test('groups and processes that came and went are noticed by a sample, also as many as before', async () => {
  const { opened, rows, group, root } = make();
  rows('/');
  root.children.delete('box');
  root.children.set('other', fakeGroup({ tasks: 1 }));
  const { relisted } = await opened.sample();
  assert.deepEqual(relisted.map(nameOf), ['/']);
  assert.deepEqual(rows('/'), ['/other', '/system.slice']);
  group('other').pids = [12];
  rows('/other');
  group('other').pids = [12, 13];
  assert.deepEqual((await opened.sample()).relisted.map(nameOf), ['/other']);
  assert.deepEqual(rows('/other'), ['12', '13']);
  assert.deepEqual((await opened.sample()).relisted, []);
});

test('rows stay the same objects, because VS Code knows them by these', () => {
  const { opened, node, tree, root } = make();
  root.pids = [5];
  const before = tree.childrenOf(node('/'));
  opened.rereadAll();
  const after = tree.childrenOf(node('/'));
  assert.equal(before.length, 3);
  before.forEach((one, index) => assert.equal(one, after[index]));
  assert.equal(opened.parentOf(before[0] ?? node('/')), node('/'));
});

test('a group that is frozen is noticed when it is read anew', () => {
  const { opened, node, rows, group } = make();
  rows('/');
  assert.equal(opened.reread(node('/')), false);
  group('box').frozen = true;
  assert.equal(opened.reread(node('/')), true);
  assert.equal(opened.isFrozen({ hierarchy, path: '/box' }), true);
});

test('a group that is asked for by somebody who has read the hierarchies himself is the same row, with its mark', () => {
  const { opened, node, rows, group } = make();
  rows('/');
  group('box').frozen = true;
  const known = node('/box');
  assert.equal(opened.nodeOf({ hierarchy: { ...hierarchy }, path: '/box' }), known);
  opened.reread(node('/'));
  assert.equal(opened.nodeOf({ hierarchy, path: '/box' }), known);
  assert.equal(opened.isFrozen({ hierarchy, path: '/box' }), true);
});
