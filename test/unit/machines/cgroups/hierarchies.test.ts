import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readableHierarchies } from '../../../../src/machines/cgroups/hierarchies.ts';
import { mountedHierarchies } from '../../../../src/machines/cgroups/mountedHierarchies.ts';

const other = '22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n29 22 0:6 / /dev rw - devtmpfs dev rw\n';
const unified =
  '35 25 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n';
const legacy = [
  '30 25 0:27 / /sys/fs/cgroup ro,nosuid shared:9 - tmpfs tmpfs ro,mode=755',
  '31 30 0:28 / /sys/fs/cgroup/no-such-place rw,nosuid shared:10 - cgroup2 cgroup2 rw,nsdelegate',
  '32 30 0:29 / /sys/fs/cgroup/systemd rw,nosuid shared:11 - cgroup cgroup rw,xattr,name=systemd',
  '33 30 0:33 / /sys/fs/cgroup/net_cls,net_prio rw shared:15 - cgroup cgroup rw,net_prio,net_cls',
  '34 30 0:34 / /sys/fs/cgroup/cpu,cpuacct rw shared:16 - cgroup cgroup rw,cpuacct,cpu,release_agent=/a,clone_children',
  '36 30 0:35 / /sys/fs/cgroup/memory rw shared:17 - cgroup cgroup rw,memory',
  '',
].join('\n');

/** As if nothing was hidden: the device of the last mount at each place. */
const devices = (mountinfo: string) => (path: string) =>
  mountedHierarchies(mountinfo).findLast(({ mountPoint }) => mountPoint === path)?.device;
const read = (mountinfo: string) => readableHierarchies(mountinfo, devices(mountinfo));

test('a host of v2 has one hierarchy', () => {
  assert.deepEqual(
    read(other + unified).map(({ version, mountPoint, root, name }) => ({ version, mountPoint, root, name })),
    [{ version: 2, mountPoint: '/sys/fs/cgroup', root: undefined, name: undefined }],
  );
});

test('a hybrid host has v2 first, then the one of systemd, then those of controllers', () => {
  assert.deepEqual(
    read(other + legacy).map(({ version, mountPoint, controllers, name }) => ({
      version,
      mountPoint,
      controllers,
      name,
    })),
    [
      { version: 2, mountPoint: '/sys/fs/cgroup/no-such-place', controllers: [], name: undefined },
      { version: 1, mountPoint: '/sys/fs/cgroup/systemd', controllers: [], name: 'systemd' },
      { version: 1, mountPoint: '/sys/fs/cgroup/memory', controllers: ['memory'], name: undefined },
      { version: 1, mountPoint: '/sys/fs/cgroup/cpu,cpuacct', controllers: ['cpu', 'cpuacct'], name: undefined },
      {
        version: 1,
        mountPoint: '/sys/fs/cgroup/net_cls,net_prio',
        controllers: ['net_cls', 'net_prio'],
        name: undefined,
      },
    ],
  );
});

test('of several mounts of one hierarchy the whole one counts, and of those the usual place', () => {
  const text = [
    '40 25 0:30 /box /run/cgroup rw - cgroup2 cgroup2 rw',
    '41 25 0:30 / /srv/jail/sys/fs/cgroup rw - cgroup2 cgroup2 rw',
    unified,
  ].join('\n');
  assert.deepEqual(
    read(text).map(({ mountPoint }) => mountPoint),
    ['/sys/fs/cgroup'],
  );
});

test('where only a subtree is mounted, or more than the namespace, its root says so', () => {
  const text = '40 25 0:30 /box\\040one /run/a\\040b\\134c\\303\\244 rw - cgroup cgroup rw,pids,name=x\\054y\n';
  assert.deepEqual(
    read(text).map(({ mountPoint, root, name }) => ({ mountPoint, root, name })),
    [{ mountPoint: '/run/a b\\cä', root: '/box one', name: 'x,y' }],
  );
  assert.equal(read('40 25 0:30 /../.. /cg rw - cgroup2 cgroup2 rw\n')[0]?.root, '/../..');
});

test('a mount that another one hides is left out', () => {
  const hidden = readableHierarchies(legacy, (path) => (path.endsWith('memory') ? '0:99' : devices(legacy)(path)));
  assert.ok(!hidden.some(({ controllers }) => controllers.includes('memory')));
  assert.equal(hidden.length, 4);
  const upper = `${unified}50 25 0:77 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n`;
  assert.deepEqual(
    mountedHierarchies(upper).map(({ device }) => device),
    ['0:77'],
  );
});

test('what is no line of a mount is passed over', () => {
  assert.deepEqual(read('\n\nno - cgroup\n40 25 0:30 /\n- - -\n'), []);
});
