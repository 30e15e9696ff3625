import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import type { DeviceAsker } from '../../../../src/machines/backend.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import { lxc } from '../../../../src/machines/lxc/backend.ts';
import {
  changeDevice,
  isInState,
  keepParameter,
  setParameter,
} from '../../../../src/machines/lxc/operate/whileRunning.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
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
  // The offer may be clicked when it has stopped.
  made.end('web');
  await performOperation(createRun(), keepParameter(made.host, made.ref('web'), 2, 'memory.max', '50M'), signal);
  const text = readFileSync(join(made.lxcpath, 'web/config'), 'utf8');
  assert.match(text, /rootfs\nlxc\.cgroup2\.memory\.max\.x = 1\nlxc\.cgroup2\.memory\.max = 50M\n$/u);
  assert.match(
    lineOf(keepParameter(made.host, made.ref('web'), 1, 'cpu.shares', '5').command),
    /lxc\.cgroup\.cpu\.shares = 5$/u,
  );
  assert.throws(() => keepParameter(made.host, made.ref('web'), 2, '../x.y', '5'), isFailure('kernelRefused'));
});

const asker = (text = ''): DeviceAsker & { readonly said: string[] } => {
  const said: string[] = [];
  return {
    said,
    asRoot: (command) => {
      said.push(lineOf(command));
      return Promise.resolve(command.parse({ exitCode: 0, stdout: text, stderr: '' }));
    },
    unseen: () => void said.push('unseen'),
  };
};

const change = (made: FakeContainers, how: 'add' | 'remove', by: DeviceAsker = asker()): Promise<Operation> =>
  changeDevice(made.host, made.ref('web'), '/dev/full', how, by);

const refused = (reason: string) => (error: unknown) =>
  error instanceof MachineError && error.failure.kind === 'deviceRefused' && error.failure.reason === reason;

test('a device is neither made in a user namespace, nor the only one or the last that is left', async () => {
  const closed = withWeb('lxc.cgroup2.devices.allow = c 1:3 rwm\nlxc.idmap = u 0 100000 65536\n');
  for (const how of ['add', 'remove'] as const) await assert.rejects(change(closed, how), refused('unprivileged'), how);
  const [deny, allow] = ['lxc.cgroup2.devices.deny =', 'lxc.cgroup2.devices.allow ='];
  for (const config of [
    '',
    `${deny} a`,
    `${deny} a *:* rwm`,
    'lxc.cgroup.devices.allow = c 1:3 rwm',
    'lxc.cgroup2.devices.nope = c 1:3 rwm',
    `${allow} c 1:3`,
    `${allow} c 1:3 rwm\n${allow}`,
    `${deny} c 1:3 rwm\n${deny}`,
    `${allow} c 1:3 rwm\nlxc.cgroup2 =`,
    `${allow} c 1:3 rwm\n${deny} a`,
    `${allow} a\n${allow}`,
  ]) {
    const made = withWeb(`${config}\n`);
    await assert.rejects(change(made, 'add'), refused('othersLost'), config);
    await assert.rejects(change(made, 'remove'), refused('allLost'), config);
  }
  for (const config of [
    `${deny} a\n${allow} c 1:3 rwm`,
    `${deny} a\n${allow} c *:* m`,
    `${allow}\n${allow} /dev/null rw`,
    `${allow} c 1:3 rwm\n${deny}`,
    `${deny} c 1:5 rwm`,
    `${deny} a\n${allow} a`,
  ]) {
    const made = withWeb(`${config}\n`);
    const { command } = await change(made, 'add');
    assert.equal(lineOf(command), `lxc-device --lxcpath=${made.lxcpath} --name=web -- add /dev/full`, config);
    assert.match(lineOf((await change(made, 'remove')).command), / -- del \/dev\/full$/u, config);
  }
});

test('rules that this user may not read are read by root, with what they include', async (context) => {
  const made = withWeb();
  const config = join(made.lxcpath, 'web/config');
  made.write('rules.conf', 'lxc.cgroup2.devices.allow = c 1:3 rwm\n');
  made.write('map.conf', 'lxc.idmap = u 0 1 1\n');
  const open = files.open.bind(files);
  context.mock.method(files, 'open', (path: string, flags: number) =>
    path === config ? Promise.reject(Object.assign(new Error('closed'), { code: 'EACCES' })) : open(path, flags),
  );
  syncBuiltinESMExports();
  try {
    const ruled = asker(`lxc.include = ${made.root}/rules.conf\n`);
    await change(made, 'add', ruled);
    assert.match(ruled.said.join(), new RegExp(`^sh -c .* ${config}$`, 'su'));
    await assert.rejects(change(made, 'add', asker('lxc.uts.name = web\n')), refused('othersLost'));
    await assert.rejects(change(made, 'remove', asker('lxc.uts.name = web\n')), refused('allLost'));
    const mapped = asker(`lxc.include = ${made.root}/map.conf\n`);
    await assert.rejects(change(made, 'add', mapped), refused('unprivileged'));
    const silent = { ...asker(), asRoot: () => Promise.reject(new MachineError({ kind: 'cancelled' })) };
    await assert.rejects(change(made, 'remove', silent), isFailure('cancelled'));
  } finally {
    context.mock.restoreAll();
    syncBuiltinESMExports();
  }
});

test('a device that is not there inside after all was not added, and where nobody may look that is said', async () => {
  const made = withWeb('lxc.cgroup2.devices.allow = c 1:3 rwm\n');
  const by = asker();
  await assert.rejects(performOperation(made.host.run, await change(made, 'add', by), signal), isFailure('noEffect'));
  assert.deepEqual(by.said, []);
  const operation = await change(made, 'add', by);
  made.end('web');
  await operation.settle(signal);
  assert.deepEqual(by.said, ['unseen']);
});

test('a state is asked of the kernel, of what is gone only whether it has stopped', () => {
  const made = withWeb();
  const { host, ref } = made;
  const states = (name: string): readonly boolean[] =>
    (['running', 'frozen', 'stopped'] as const).map((state) => isInState(host, ref(name), state));
  assert.deepEqual(states('web'), [true, false, false]);
  made.run('web', { frozen: true });
  assert.deepEqual(states('web'), [false, true, false]);
  made.end('web');
  assert.deepEqual(states('web'), [false, false, true]);
  assert.equal(isInState(host, ref('nope'), 'stopped'), true);
  for (const state of ['running', 'frozen'] as const)
    assert.throws(() => isInState(host, ref('nope'), state), isFailure('noSuchImage'));
  assert.ok(lxc.isInState !== undefined && lxc.operations.setParameter !== undefined);
  assert.deepEqual(made.seen, []);
});
