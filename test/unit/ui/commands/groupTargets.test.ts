import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hierarchy } from '../../../../src/machines/cgroups/controlGroup.ts';
import { groupsOf, processesOf } from '../../../../src/ui/commands/cgroups/groupTargets.ts';

const v2: Hierarchy = { version: 2, mountPoint: '/sys/fs/cgroup', controllers: [] };
const row = (path: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  kind: 'controlGroup',
  group: { hierarchy: { mountPoint: v2.mountPoint }, path },
  ...more,
});
const pathsOf = (...args: readonly unknown[]): readonly string[] | undefined =>
  groupsOf(args, [v2])?.map(({ path }) => path);

test('the clicked row counts, and with it those that are selected', () => {
  const [one, other] = [row('/a'), row('/b')];
  assert.deepEqual(pathsOf(one, [one, other, row('/a')]), ['/a', '/b']);
  assert.deepEqual(pathsOf(one, [other]), ['/a']);
  assert.deepEqual(pathsOf(row('/', { kind: 'hierarchy' })), ['/']);
  assert.equal(groupsOf([one], [v2])?.[0]?.hierarchy, v2);
});

test('what is no row, or would lead out of a hierarchy, does not count', () => {
  for (const path of ['', 'a', '/a/', '//', '/a//b', '/..', '/a/../..', '/.', '/a\0', 7, undefined])
    assert.equal(pathsOf(row(path)), undefined, String(path));
  for (const value of [undefined, null, 'x', {}, { kind: 'machine', id: 'a' }, row('/a', { kind: 'cgroupNote' })])
    assert.equal(pathsOf(value), undefined);
  const elsewhere = { kind: 'controlGroup', group: { hierarchy: { mountPoint: '/etc' }, path: '/a' } };
  assert.equal(pathsOf(elsewhere), undefined);
});

test('processes have a number and a beginning', () => {
  const process = row('/a', { kind: 'process', pid: 7, startTime: '12' });
  assert.deepEqual(processesOf([process], [v2]), [{ group: { hierarchy: v2, path: '/a' }, pid: 7, startTime: '12' }]);
  assert.deepEqual(pathsOf(process), ['/a']);
  for (const pid of [0, -1, 1.5, '7'])
    assert.deepEqual(processesOf([row('/a', { kind: 'process', pid, startTime: '1' })], [v2]), []);
  assert.deepEqual(processesOf([row('/a')], [v2]), []);
});
