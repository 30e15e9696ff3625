import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { readHost } from '../../../src/hostFacts/readHost.ts';

const top = mkdtempSync(join(tmpdir(), 'read-host-'));
after(() => rmSync(top, { recursive: true }));

/** A host with these files below a directory of its own. */
const hostWith = (name: string, files: Readonly<Record<string, string>>): string => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, name, path)), { recursive: true });
    writeFileSync(join(top, name, path), text);
  }
  return join(top, name);
};

test('controllers are those of the mounts of v1 and v2, the first mount of each', () => {
  const root = hostWith('hybrid', {
    'proc/cgroups': '#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t1\t1\t1\ncpuacct\t1\t1\t1\nmemory\t2\t1\t1\n',
    'proc/self/mounts': [
      'tmpfs /sys/fs/cgroup tmpfs rw 0 0',
      'cgroup /sys/fs/cgroup/cpu cgroup rw,relatime,cpu,cpuacct 0 0',
      'cgroup /sys/fs/cgroup/systemd cgroup rw,xattr,name=systemd 0 0',
      'cgroup2 /sys/fs/cgroup/a\\040b cgroup2 rw 0 0',
      'cgroup2 /nowhere cgroup2 rw 0 0',
      '',
    ].join('\n'),
    'sys/fs/cgroup/a b/cgroup.controllers': 'memory cpu pids\n',
  });
  assert.deepEqual(readHost(root, 'linux')?.controllers, [
    { name: 'cpu', version: 1 },
    { name: 'cpuacct', version: 1 },
    { name: 'name=systemd', version: 1 },
    { name: 'memory', version: 2 },
    { name: 'pids', version: 2 },
  ]);
});

test('users and groups are those of files, with those of systemd’s records where they are asked', () => {
  const files = {
    'etc/passwd': 'root:x:0:0::/root:/bin/sh\n+nis::::::\nbad\nwith space:x:5:5::/:/bin/sh\nroot:x:7:7::/:/\n',
    'etc/group': 'root:x:0:\nwheel:x:10:alice\n',
    'etc/userdb/carol.user': '{}',
    'etc/userdb/team.group': '{}',
    'var/lib/systemd/home/dave.identity': '{}',
  };
  const plain = readHost(
    hostWith('plain', { ...files, 'etc/nsswitch.conf': 'passwd: files\ngroup: files # ldap\n' }),
    'linux',
  );
  assert.ok(plain !== undefined);
  assert.deepEqual(plain.users, [
    { name: 'root', id: 0 },
    { name: 'with space', id: 5 },
  ]);
  assert.deepEqual(plain.groups, [
    { name: 'root', id: 0 },
    { name: 'wheel', id: 10 },
  ]);
  assert.deepEqual([plain.hasMoreUsers, plain.hasMoreGroups], [false, false]);
  const nsswitch = 'passwd:  files systemd\ngroup:\tfiles [SUCCESS=merge] systemd sss\n';
  const asking = readHost(hostWith('asking', { ...files, 'etc/nsswitch.conf': nsswitch }), 'linux');
  assert.ok(asking !== undefined);
  assert.deepEqual(
    asking.users.map(({ name }) => name),
    ['root', 'with space', 'carol', 'dave'],
  );
  assert.deepEqual(
    asking.groups.map(({ name }) => name),
    ['root', 'wheel', 'team', 'dave'],
  );
  assert.deepEqual([asking.hasMoreUsers, asking.hasMoreGroups], [false, true]);
});

test('a host without any of these files has nothing, and one that is no Linux is not known', () => {
  assert.deepEqual(readHost(join(top, 'nothing'), 'linux'), {
    controllers: [],
    users: [],
    groups: [],
    hasMoreUsers: false,
    hasMoreGroups: false,
  });
  assert.equal(readHost('/', 'darwin'), undefined);
});
