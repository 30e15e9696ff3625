import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { nothingNamed } from '../../../src/language/namedOnHost.ts';
import { createLookAtHost, lookAtHostNow, type HostLook } from '../../../src/hostFacts/namedOnHost.ts';
import { startSync, thisNode } from '../../rig/program.ts';

const code = new URL('../../../src/hostFacts/namedOnHost.ts', import.meta.url).href;
const root = mkdtempSync(join(tmpdir(), 'named-'));
after(() => rmSync(root, { recursive: true }));

const file = (path: string, text = ''): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const directory = (path: string): void => void mkdirSync(join(root, path), { recursive: true });
const link = (path: string, target: string): void => {
  directory(dirname(path));
  symlinkSync(target, join(root, path));
};

directory('sys/class/net/eth0');
directory('sys/class/net/br0/bridge');
file('sys/class/net/bonding_masters');
file('run/udev/data/n2', 'E:ID_NET_NAME_PATH=enp1s0\nE:ID_NET_DRIVER=x\nE:ID_NET_NAME=eth0\n');
file('run/systemd/machines/web');
directory('srv/data');
file('srv/file');
link('srv/link', '/srv/data');
link('srv/relative', './data/../file');
link('srv/round', 'round');
link('srv/dangling', '/srv/none');
directory('var/lib/machines/web/usr');
link('var/lib/machines/web/out', '/srv/data');
link('srv/machine', '/var/lib/machines/web');
file('srv/a b\'c"d$(x)');

const question = (paths: readonly string[], interfaces = false, machine?: string): HostLook => ({
  names: { interfaces, paths, uppers: [], users: [] },
  machine,
  images: ['/var/lib/machines', '/var/lib/container'],
  root,
  patienceMs: 60_000,
});
const seen = (...paths: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(lookAtHostNow(question(paths), 'linux').paths);

test('paths are directories, something else, or absent', () => {
  assert.deepEqual(seen('/srv/data', '/srv//data/', '/srv/file', '/srv/none', '/nowhere/at/all', '/srv/file/x', '/'), {
    '/srv/data': 'directory',
    '/srv//data/': 'directory',
    '/srv/file': 'other',
    '/srv/none': 'absent',
    '/nowhere/at/all': 'absent',
    '/srv/file/x': 'absent',
    '/': 'directory',
  });
});

test('a path is text, whatever is in it', () => {
  assert.deepEqual(seen('/srv/a b\'c"d$(x)', '/srv/*', '/-e'), {
    '/srv/a b\'c"d$(x)': 'other',
    '/srv/*': 'absent',
    '/-e': 'absent',
  });
});

test('links of the host are followed, and one that leads round or into nothing says so', () => {
  assert.deepEqual(seen('/srv/link', '/srv/link/x', '/srv/relative', '/srv/round', '/srv/dangling'), {
    '/srv/link': 'directory',
    '/srv/link/x': 'absent',
    '/srv/relative': 'other',
    '/srv/dangling': 'absent',
  });
});

test('nothing that lies in an image is looked at, be it behind a link', () => {
  assert.deepEqual(
    seen(
      '/var/lib/machines/web',
      '/var/lib/machines/web/usr',
      '/var/lib/machines/web/none',
      '/srv/machine/out',
      '/x/..//srv',
    ),
    { '/var/lib/machines/web': 'directory', '/x/..//srv': 'absent' },
  );
});

test('of a container of LXC plain files are told from programs, small texts are read, and what runs is known', () => {
  file('srv/profile', '2\ndenylist\nmount errno 1');
  file('srv/run', '#!/bin/sh\n');
  chmodSync(join(root, 'srv/run'), 0o755);
  file('srv/long', 'x'.repeat(100_000));
  file('proc/net/unix', 'a: 2 0 1 1 1 7 @/var/lib/lxc/web/command\nb: 2 0 1 1 1 8 /run/x\n');
  file('var/lib/lxc/web/rootfs/etc/passwd', '');
  file('var/lib/lxc/web/rootfs/bin/run', '');
  chmodSync(join(root, 'var/lib/lxc/web/rootfs/bin/run'), 0o700);
  link('var/lib/lxc/web/rootfs/sbin', '/bin');
  link('var/lib/lxc/web/rootfs/out', '../../../../../srv/data');
  const tree = '/var/lib/lxc/web/rootfs';
  const look = (paths: readonly string[], texts: readonly string[], inside: readonly string[]): HostLook => ({
    ...question([]),
    names: {
      ...{ interfaces: false, paths, uppers: [], users: [] },
      ofContainers: { texts, inside: { root: tree, paths: inside } },
    },
  });
  const asked = look(
    ['/srv/run', '/srv/profile', '/srv/data', tree, `${tree}/etc/passwd`],
    ['/srv/profile', '/srv/none', '/srv/data', '/srv/long', `${tree}/etc/passwd`],
    ['/etc/passwd', '/sbin/run', '/out', '/etc', '/none'],
  );
  const { paths, plain, texts, inside, containers } = lookAtHostNow(asked, 'linux');
  assert.deepEqual(Object.fromEntries(paths), {
    '/srv/run': 'other',
    '/srv/profile': 'other',
    '/srv/data': 'directory',
    [tree]: 'directory',
  });
  assert.deepEqual(Object.fromEntries(plain ?? []), { '/srv/run': 'program', '/srv/profile': 'plain' });
  assert.deepEqual([...(texts ?? new Map<string, string>()).keys()], ['/srv/profile', '/srv/long']);
  assert.equal(texts?.get('/srv/profile'), '2\ndenylist\nmount errno 1');
  assert.equal(texts.get('/srv/long')?.length, 65_536);
  // What leads out of the root of a container leads to its own root.
  assert.deepEqual(Object.fromEntries(inside ?? []), {
    '/etc/passwd': 'plain',
    '/sbin/run': 'program',
    '/out': 'absent',
    '/etc': 'directory',
    '/none': 'absent',
  });
  assert.deepEqual([...(containers ?? [])], ['web']);
});

const program = (name: string, script: string): void => {
  file(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(join(root, 'bin', name), 0o755);
};

test('of an upper directory it is also seen on what it lies, and whether it is where something is mounted', () => {
  for (const path of ['srv/layered', 'srv/mounted/up']) directory(path);
  program('stat', 'case $* in *"/srv/layered/") echo overlayfs ;; *) echo ext2/ext3 ;; esac');
  file('proc/self/mountinfo', '1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 8:2 / /srv/mounted rw - ext4 /dev/sdb rw\n');
  const uppers = ['/srv/layered', '/srv/mounted', '/srv/mounted/up', '/srv/link', '/srv/none', '/srv/file'];
  const names = { interfaces: false, paths: ['/srv/data', ...uppers], uppers, users: [] };
  assert.deepEqual(Object.fromEntries(lookAtHostNow({ ...question([]), names }, 'linux').paths), {
    '/srv/data': 'directory',
    '/srv/layered': 'onOverlay',
    '/srv/mounted': 'mountPoint',
    '/srv/mounted/up': 'directory',
    '/srv/link': 'directory',
    '/srv/none': 'absent',
    '/srv/file': 'other',
  });
  // Nothing closer is seen of a path that is no upper directory.
  assert.deepEqual(seen('/srv/layered', '/srv/mounted'), { '/srv/layered': 'directory', '/srv/mounted': 'directory' });
});

test('users are looked up as the C library and systemd do, with their group and home', () => {
  directory('home/anna');
  file('etc/userdb/dropped.user', '{}');
  program(
    'getent',
    `case $2 in
      anna) echo 'anna:x:1000:1000:Anna A.,,,:/home/anna:/bin/sh' ;;
      staff) echo 'staff:x:1001:100::/home/anna:/bin/sh' ;;
      homeless) echo 'homeless:x:1002:1002::/home/none:/bin/sh' ;;
      broken) exit 1 ;;
      *) exit 2 ;;
    esac`,
  );
  program('userdbctl', '[ "$2" = record ]');
  const users = ['anna', 'staff', 'homeless', 'nope', 'broken', 'dropped', 'record'];
  const names = { interfaces: false, paths: ['/srv/data'], uppers: [], users };
  const looked = lookAtHostNow({ ...question([]), names }, 'linux');
  assert.deepEqual(Object.fromEntries(looked.users), {
    anna: 'fits',
    staff: 'otherGroup',
    homeless: 'homeless',
    nope: 'absent',
  });
  assert.equal(looked.paths.get('/srv/data'), 'directory');
});

test('the users of this very host are found by its own tools', () => {
  const users = ['root', 'nobody-has-this-name'];
  const look = { names: { interfaces: false, paths: [], uppers: [], users }, machine: undefined };
  const { users: found } = lookAtHostNow(look, 'linux');
  assert.notEqual(found.get('root'), 'absent');
  assert.equal(found.get('nobody-has-this-name'), 'absent');
});

/** Runs in a process of its own, for root, who may look everywhere, has to become somebody else for good. */
const lookAsSomebody = `
const { lookAtHostNow } = await import(process.argv[1]);
if (process.getuid() === 0) {
  process.setgroups([]);
  process.setgid(65534);
  process.setuid(65534);
}
console.log(JSON.stringify(Object.fromEntries(lookAtHostNow(JSON.parse(process.argv[2]), 'linux').paths)));
`;

test('what may not be looked into is not absent', () => {
  directory('closed/inner');
  chmodSync(join(root, 'closed'), 0);
  chmodSync(root, 0o755);
  const look = JSON.stringify(question(['/closed/inner', '/closed/none', '/srv/none']));
  const { stdout, stderr } = startSync(thisNode, ['--input-type=module', '--eval', lookAsSomebody, code, look]);
  assert.deepEqual(JSON.parse(stdout === '' ? stderr : stdout), { '/srv/none': 'absent' });
  chmodSync(join(root, 'closed'), 0o700);
});

test('interfaces are those of the kernel, with the names that udev has given besides', async () => {
  const look = question([], true);
  const found = lookAtHostNow(look, 'linux');
  const expected = [
    ['br0', 'bridge'],
    ['eth0', 'other'],
    ['enp1s0', 'unknown'],
  ] as const;
  assert.deepEqual([...(found.interfaces ?? [])], expected);
  assert.deepEqual(await createLookAtHost('linux')(look), found);
  // A host that shows none may have any.
  assert.equal(lookAtHostNow({ ...look, root: join(root, 'srv') }, 'linux').interfaces, undefined);
});

test('a machine runs where machined has its file', () => {
  assert.equal(lookAtHostNow(question(['/srv'], false, 'web'), 'linux').runs, true);
  assert.equal(lookAtHostNow(question(['/srv'], false, 'other'), 'linux').runs, false);
});

test('where nothing is asked, or the host is none of Linux, nobody looks', () => {
  assert.deepEqual(lookAtHostNow(question([], false, 'web'), 'linux'), nothingNamed);
  assert.deepEqual(lookAtHostNow(question(['/srv'], true, 'web'), 'darwin'), nothingNamed);
});
