import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import { lxc } from '../../../../src/machines/lxc/backend.ts';
import {
  changeDevice,
  keepParameter,
  setParameter,
  waitForState,
} from '../../../../src/machines/lxc/operate/whileRunning.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { isFailure, lineOf } from '../act/fakeMachine.ts';
import { createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const now: { made: FakeContainers[] } = { made: [] };
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
});

const { signal } = new AbortController();

const withWeb = (config = '', answer?: Parameters<typeof createFakeContainers>[0]): FakeContainers => {
  const made = createFakeContainers(answer);
  now.made.push(made);
  made.define('web', config);
  made.run('web');
  return made;
};

test('a parameter of a controller is set by lxc-cgroup, and what every group has by the kernel', async () => {
  const made = withWeb();
  const { host, ref, seen } = made;
  await performOperation(host.run, await setParameter(host, ref('web'), 'memory.max', '50M'), signal);
  assert.deepEqual(seen, [`lxc-cgroup --lxcpath=${made.lxcpath} --name=web -- memory.max 50M`]);
  made.write('cgroup/lxc.payload.web/cgroup.max.depth', '9\n');
  const operation = await setParameter(host, ref('web'), 'cgroup.max.depth', '5');
  assert.equal(await operation.directly?.(), true);
  assert.equal(readFileSync(join(made.root, 'cgroup/lxc.payload.web/cgroup.max.depth'), 'utf8').trim(), '5');
  for (const name of ['../x.y', 'memory.max/../x', 'memory', 'a b.c'])
    await assert.rejects(setParameter(host, ref('web'), name, '1'), isFailure('kernelRefused'), name);
  made.end('web');
  await assert.rejects(setParameter(host, ref('web'), 'memory.max', '1'), isFailure('noSuchMachine'));
});

test('a parameter that is kept takes the place of its own line alone', async () => {
  const made = withWeb('lxc.cgroup2.memory.max = 1G\nlxc.cgroup2.memory.max.x = 1\n');
  await performOperation(createRun(), keepParameter(made.host, made.ref('web'), 'memory.max', '50M'), signal);
  const text = readFileSync(join(made.lxcpath, 'web/config'), 'utf8');
  assert.match(text, /rootfs\nlxc\.cgroup2\.memory\.max\.x = 1\nlxc\.cgroup2\.memory\.max = 50M\n$/u);
});

test('a device is neither made in a user namespace nor the only one that is left', async () => {
  const { host, ref } = withWeb('lxc.idmap = u 0 100000 65536\n');
  await assert.rejects(changeDevice(host, ref('web'), '/dev/full', 'add'), isFailure('deviceRefused'));
  await assert.rejects(changeDevice(host, ref('web'), '/dev/full', 'remove'), isFailure('deviceRefused'));
  const open = withWeb();
  await assert.rejects(changeDevice(open.host, open.ref('web'), '/dev/full', 'add'), isFailure('deviceRefused'));
  const ruled = withWeb('lxc.cgroup2.devices.deny = a\n');
  const { command } = await changeDevice(ruled.host, ruled.ref('web'), '/dev/full', 'add');
  assert.equal(lineOf(command), `lxc-device --lxcpath=${ruled.lxcpath} --name=web -- add /dev/full`);
  const removing = await changeDevice(open.host, open.ref('web'), '/dev/full', 'remove');
  assert.match(lineOf(removing.command), / -- del \/dev\/full$/u);
});

test('a device that is not there inside after all was not added', async () => {
  const { host, ref } = withWeb('lxc.cgroup2.devices.deny = a\n');
  const operation = await changeDevice(host, ref('web'), '/dev/full', 'add');
  await assert.rejects(performOperation(host.run, operation, signal), isFailure('noEffect'));
});

test('a state is waited for by lxc-wait, but not of what is not there', () => {
  const { ref, lxcpath } = withWeb();
  assert.equal(lineOf(waitForState(ref('web'), 'frozen')), `lxc-wait --lxcpath=${lxcpath} --name=web --state=FROZEN`);
  assert.throws(() => waitForState(ref('nope'), 'running'), isFailure('noSuchImage'));
  assert.ok(lxc.waitFor !== undefined && lxc.operations.setParameter !== undefined);
});
