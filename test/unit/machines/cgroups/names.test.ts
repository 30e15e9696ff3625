import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hierarchy } from '../../../../src/machines/cgroups/controlGroup.ts';
import { kindOfName, readableName } from '../../../../src/machines/cgroups/observe/groupName.ts';
import {
  groupInProcess,
  pathInHierarchy,
  pathOfKernel,
} from '../../../../src/machines/cgroups/observe/groupOfProcess.ts';
import { placeInSystemd } from '../../../../src/machines/cgroups/observe/placeInSystemd.ts';

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

const place = (path: string, root: string | undefined = '/', isUnit = (): boolean => true) =>
  placeInSystemd({ hierarchy: v2, path }, root, isUnit);

test('units of systemd are told from what lies inside of them and from plain groups', () => {
  assert.deepEqual(place('/system.slice'), { unit: 'system.slice' });
  assert.deepEqual(place('/system.slice/ssh.service'), { unit: 'ssh.service' });
  assert.deepEqual(place('/user.slice/user-1000.slice/user@1000.service'), { unit: 'user@1000.service' });
  assert.deepEqual(place('/user.slice/user-1000.slice/user@1000.service/app.slice'), { inside: 'user@1000.service' });
  assert.deepEqual(place('/machine.slice/systemd-nspawn@a.service/payload/init.scope'), {
    inside: 'systemd-nspawn@a.service',
  });
  assert.deepEqual(place('/helloworld'), {});
  assert.deepEqual(place('/helloworld/a.service'), {});
  assert.deepEqual(place('/system.slice/plain'), {});
  assert.deepEqual(place('/'), {});
});

test('a slice at a place where systemd would not put it is a plain group', () => {
  assert.deepEqual(place('/user-1000.slice'), {});
  assert.deepEqual(place('/a.slice/a-b.slice/a-b-c.slice'), { unit: 'a-b-c.slice' });
  assert.deepEqual(place('/a.slice/b.slice'), {});
});

test('without systemd, or below another root, nothing is a unit', () => {
  assert.deepEqual(
    placeInSystemd({ hierarchy: v2, path: '/system.slice' }, undefined, () => true),
    {},
  );
  assert.deepEqual(place('/box/system.slice', '/box'), { unit: 'system.slice' });
  assert.deepEqual(place('/system.slice', '/box'), {});
  assert.deepEqual(
    place('/fake.service', '/', () => false),
    {},
  );
});
