import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createAnswerBriefly } from '../../../src/hostFacts/answerBriefly.ts';
import { createHostObjects } from '../../../src/hostFacts/hostObjects.ts';
import { executeSync, presentTool } from '../../rig/program.ts';

const top = mkdtempSync(join(tmpdir(), 'host-objects-'));
after(() => rmSync(top, { recursive: true }));

const directory = (...parts: readonly string[]): string => {
  const path = join(top, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
};

directory('root/srv/www');
writeFileSync(join(top, 'root/srv/notes'), '');
symlinkSync('www', join(top, 'root/srv/link'));
symlinkSync('nowhere', join(top, 'root/srv/broken'));
directory('root/etc');
writeFileSync(
  join(top, 'root/etc/passwd'),
  'root:x:0:0:root:/root:/bin/sh\nbad line\nalice:x:1000:1000::/home/alice:/bin/sh\nalice:x:1001:1001::/:/bin/sh\n',
);
for (const name of ['eth0', 'br0/bridge', 'vz-lab/bridge', 'vz-alone']) directory('net', name);
writeFileSync(join(top, 'net/bonding_masters'), '');
writeFileSync(join(top, 'root/etc/group'), 'root:x:0:\nstaff:x:50:\nteam:x:1000:alice\n');
writeFileSync(join(directory('block/vda'), 'dev'), '254:0\n');
directory('run');
for (const name of ['web', '.#web1', 'unit:web']) writeFileSync(join(top, 'run', name), '');

writeFileSync(
  join(top, 'root/etc/subuid'),
  '# ranges\nalice:100000:65536\n$(x):1:2\nalice:x:1\nbob:200000:65536:\nbob:165536:65536\n',
);
for (const [entry, name] of [
  ['lxc-container-default.7', 'lxc-container-default\n'],
  ['usr.bin.man.1', '/usr/bin/man\n'],
  ['odd.2', 'odd $(name)\n'],
] as const) {
  directory('profiles', entry);
  writeFileSync(join(top, 'profiles', entry, 'name'), name);
}
directory('profiles/nameless.3');

// An image that tries to show files of the host as its own.
directory('images/web/etc');
directory('images/evil/etc');
writeFileSync(join(top, 'images/disk.raw'), '');
writeFileSync(join(top, 'images/notes.txt'), '');
writeFileSync(join(top, 'outside'), 'secret:x:1:1::/:/bin/sh\n');
symlinkSync('/usr/lib/passwd', join(top, 'images/web/etc/passwd'));
directory('images/web/usr/lib');
writeFileSync(join(top, 'images/web/usr/lib/passwd'), 'root:x:0:0::/root:/bin/sh\nwww:x:33:33::/:/bin/sh\n');
symlinkSync('../../../outside', join(top, 'images/evil/etc/passwd'));
symlinkSync(join(top, 'root'), join(top, 'images/evil/host'));

const host = createHostObjects({
  root: join(top, 'root'),
  interfaces: join(top, 'net'),
  blockDevices: join(top, 'block'),
  runningMachines: join(top, 'run'),
  appArmorProfiles: join(top, 'profiles'),
  images: [join(top, 'nothing'), join(top, 'images')],
});
const uriOf = (path: string): string => pathToFileURL(join(top, path)).href;

test('groups of people come before those of the system, and block devices have their numbers', async () => {
  assert.deepEqual(await host.groups(), ['team', 'root', 'staff']);
  assert.deepEqual(await host.blockDevices(), [{ name: 'vda', number: '254:0' }]);
});

test('names the profiles of AppArmor and the ranges of users, one file of which may be missing', async () => {
  assert.deepEqual(await host.appArmorProfiles(), ['/usr/bin/man', 'lxc-container-default']);
  assert.deepEqual(await host.subordinateRanges(), [
    { of: 'u', user: 'alice', first: 100_000, count: 65_536 },
    { of: 'u', user: 'bob', first: 165_536, count: 65_536 },
  ]);
});

test('tells bridges and zones from other interfaces', async () => {
  const found = [...(await host.networkInterfaces())].sort((a, b) => (a.name < b.name ? -1 : 1));
  assert.deepEqual(found, [
    { name: 'br0', kind: 'bridge' },
    { name: 'eth0', kind: 'other' },
    { name: 'vz-alone', kind: 'other' },
    { name: 'vz-lab', kind: 'zone' },
  ]);
});

test('lists a directory, with links as what they lead to', async () => {
  const found = [...(await host.directory('/srv/'))].sort((a, b) => (a.name < b.name ? -1 : 1));
  assert.deepEqual(found, [
    { name: 'broken', isDirectory: false },
    { name: 'link', isDirectory: true },
    { name: 'notes', isDirectory: false },
    { name: 'www', isDirectory: true },
  ]);
});

test('has nothing for what is not there, is no directory or is no path', async () => {
  for (const path of ['/nowhere', '/srv/notes', 'srv', '', '/\0', `/${'x'.repeat(5000)}`])
    assert.deepEqual(await host.directory(path), [], path);
});

test('names people before services, each once', async () => {
  assert.deepEqual(await host.users(), ['alice', 'root']);
});

test('finds the image of a settings file beside it or where images lie', async () => {
  assert.deepEqual(await host.imageUsers(uriOf('images/web.nspawn')), ['root', 'www']);
  assert.deepEqual(await host.imageUsers('file:///etc/systemd/nspawn/web.nspawn'), ['root', 'www']);
  for (const uri of ['untitled:web.nspawn', 'file:///etc/web.conf', 'file:///a%2Fb.nspawn', 'file:///disk.nspawn'])
    assert.deepEqual(await host.imageUsers(uri), [], uri);
});

test('follows no link out of an image', async () => {
  assert.deepEqual(await host.imageUsers(uriOf('images/evil.nspawn')), []);
  assert.deepEqual(await host.imageDirectory(uriOf('images/evil.nspawn'), '/host/'), []);
  assert.deepEqual(await host.imageDirectory(uriOf('images/evil.nspawn'), '/../../'), [
    ...(await host.imageDirectory(uriOf('images/evil.nspawn'), '/')),
  ]);
});

test('opens nothing that is no plain file', async () => {
  directory('images/pipe/etc');
  executeSync(presentTool('mkfifo'), [join(top, 'images/pipe/etc/passwd')]);
  assert.deepEqual(await host.imageUsers(uriOf('images/pipe.nspawn')), []);
});

test('names machines that run and images that could', async () => {
  assert.deepEqual([...(await host.machineNames())].sort(), ['disk', 'evil', 'pipe', 'web']);
});

test('gives at most 2,000 names of a directory', async () => {
  const many = directory('root/many');
  for (let at = 0; at < 2_100; at++) writeFileSync(join(many, `${at}`), '');
  // A busy machine may not list them in the short time that is given; what was not answered is asked anew after a second.
  let names = await host.directory('/many');
  for (let attempt = 0; attempt < 5 && names.length === 0; attempt++) {
    await sleep(1_100);
    names = await host.directory('/many');
  }
  assert.equal(names.length, 2_000);
});

test('asks once for as long as an answer is fresh, and takes a failure for nothing', async () => {
  const clock = { now: 0 };
  const briefly = createAnswerBriefly(() => clock.now);
  let asked = 0;
  const ask = (): Promise<readonly string[]> => Promise.resolve([`${++asked}`]);
  assert.deepEqual(await briefly('a', [], ask), ['1']);
  clock.now = 900;
  assert.deepEqual(await briefly('a', [], ask), ['1']);
  clock.now = 1_100;
  assert.deepEqual(await briefly('a', [], ask), ['2']);
  assert.deepEqual(await briefly('b', [], () => Promise.reject(new Error('no'))), []);
});

test('does not wait for a host that does not answer', async () => {
  const briefly = createAnswerBriefly();
  assert.deepEqual(await briefly('never', ['nothing'], () => new Promise(() => undefined)), ['nothing']);
});

test('speaks of this very host without a fault', async () => {
  const real = createHostObjects();
  assert.ok((await real.networkInterfaces()).every(({ name }) => name !== ''));
  assert.ok((await real.directory('/')).some(({ name, isDirectory }) => name === 'etc' && isDirectory));
  assert.ok((await real.users()).includes('root'));
  assert.ok((await real.cpuCount()) > 0);
  await real.machineNames();
});
