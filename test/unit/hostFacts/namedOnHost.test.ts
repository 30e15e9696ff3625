import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
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
  names: { interfaces, paths },
  machine,
  images: ['/var/lib/machines', '/var/lib/container'],
  root,
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
  assert.deepEqual(lookAtHostNow(question([], false, 'web'), 'linux'), { paths: new Map(), runs: false });
  assert.deepEqual(lookAtHostNow(question(['/srv'], true, 'web'), 'darwin'), { paths: new Map(), runs: false });
});
