import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hierarchy } from '../../../../src/machines/cgroups/controlGroup.ts';
import { counterpart, pathInHierarchy, pathOfKernel } from '../../../../src/machines/cgroups/groupDirectory.ts';
import { kindOfName, readableName } from '../../../../src/machines/cgroups/observe/groupName.ts';
import { groupInProcess } from '../../../../src/machines/cgroups/observe/groupOfProcess.ts';

const v2: Hierarchy = { version: 2, mountPoint: '/sys/fs/cgroup', controllers: [] };
const memory: Hierarchy = { version: 1, mountPoint: '/sys/fs/cgroup/memory', controllers: ['memory'] };
const cpu: Hierarchy = { version: 1, mountPoint: '/sys/fs/cgroup/cpu', controllers: ['cpu', 'cpuacct'] };
const named: Hierarchy = { version: 1, mountPoint: '/sys/fs/cgroup/systemd', controllers: [], name: 'systemd' };

test('names say what a group is', () => {
  for (const [name, kind] of [
    ['system.slice', 'slice'],
    ['-.slice', 'slice'],
    ['init.scope', 'scope'],
    ['ssh@1.service', 'service'],
    ['dev-hugepages.mount', 'unit'],
    ['_cgroup.service', 'service'],
    ['payload', 'plain'],
    ['a b.service', 'plain'],
    ['.service', 'plain'],
    [`${'x'.repeat(256)}.service`, 'plain'],
  ] as const)
    assert.equal(kindOfName(name), kind, name);
});

test('a unit is named as people know it, other groups as they are', () => {
  assert.equal(readableName('machine-my\\x2dbox.scope'), 'machine-my-box.scope');
  assert.equal(readableName('systemd-cryptsetup@\\xc3\\xa4.service'), 'systemd-cryptsetup@ä.service');
  assert.equal(readableName('broken\\xc3.service'), 'broken\\xc3.service');
  assert.equal(readableName('_cgroup.service'), 'cgroup.service');
  assert.equal(readableName('\\x2d'), '\\x2d');
});

// As the kernel writes them on a hybrid host.
const processText = [
  '12:cpu,cpuacct:/system.slice/a:b.service',
  '11:memory:/system.slice/a:b.service',
  '1:name=systemd:/system.slice/a:b.service',
  '0::/user.slice/x',
  '',
].join('\n');

test('a process tells its group in each hierarchy', () => {
  assert.equal(groupInProcess(processText, v2), '/user.slice/x');
  assert.equal(groupInProcess(processText, memory), '/system.slice/a:b.service');
  assert.equal(groupInProcess(processText, cpu), '/system.slice/a:b.service');
  assert.equal(groupInProcess(processText, named), '/system.slice/a:b.service');
  assert.equal(groupInProcess(processText, { ...memory, controllers: ['pids'] }), undefined);
  assert.equal(groupInProcess('0::/gone (deleted)\n', v2), undefined);
  assert.equal(groupInProcess('', v2), undefined);
});

test('a mounted subtree parts paths of the kernel from ours', () => {
  const box: Hierarchy = { ...v2, root: '/box' };
  assert.equal(pathInHierarchy('/box/a', '/box'), '/a');
  assert.equal(pathInHierarchy('/box', '/box'), '/');
  assert.equal(pathInHierarchy('/boxer', '/box'), undefined);
  assert.equal(pathOfKernel({ hierarchy: box, path: '/' }), '/box');
  assert.equal(pathOfKernel({ hierarchy: box, path: '/a' }), '/box/a');
  assert.equal(pathOfKernel({ hierarchy: v2, path: '/a' }), '/a');
});

test('a group has the same path for the kernel in each hierarchy, whichever part of it is mounted', () => {
  const part: Hierarchy = { ...memory, root: '/rig' };
  assert.deepEqual(counterpart({ hierarchy: part, path: '/a' }, cpu), { hierarchy: cpu, path: '/rig/a' });
  assert.deepEqual(counterpart({ hierarchy: cpu, path: '/rig/a' }, part), { hierarchy: part, path: '/a' });
  assert.deepEqual(counterpart({ hierarchy: cpu, path: '/rig' }, part), { hierarchy: part, path: '/' });
  assert.equal(counterpart({ hierarchy: cpu, path: '/other' }, part), undefined);
});
