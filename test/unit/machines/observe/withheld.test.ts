import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createBroker, createClient, type Message } from 'dbus-native';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import type { Machine } from '../../../../src/machines/machine.ts';
import { createInventory } from '../../../../src/machines/nspawn/createInventory.ts';
import { detailsByTool } from '../../../../src/machines/nspawn/observe/machineDetails.ts';
import { isFailure } from '../act/fakeMachine.ts';
import { createFakeHost, type FakeHost, serve } from './fakeHost.ts';
import { recording, varlinkParameters } from './recordings.ts';

const prefix = 'org.freedesktop.DBus.Error';
const allowInteractive = 0x4;

describe('a machine of which this user is not told all', () => {
  const now: { host?: FakeHost; inventory?: Inventory; varlink?: Server; end?: () => void } = {};
  const asked: Message[] = [];
  const refusals = new Map<string, string>();
  const inventory = (): Inventory => now.inventory ?? assert.fail();
  const machine = (): Machine => inventory().machines.get('web') ?? assert.fail();

  /** A machined that answers nothing but where the machine is in its life, and refuses what it is told to refuse. */
  const answer = (message: Message): Message => {
    const { member = '' } = message;
    const refusal = refusals.get(member);
    const reply = { serial: asked.length + 1, replySerial: message.serial ?? 0, destination: message.sender ?? '' };
    if (refusal !== undefined)
      return { ...reply, type: 3, errorName: `${prefix}.${refusal}`, signature: 's', body: ['no'] };
    if (member === 'GetAll') return { ...reply, type: 2, signature: 'a{sv}', body: [[['State', ['s', 'running']]]] };
    if (member === 'GetMachineAddresses')
      return { ...reply, type: 2, signature: 'a(iay)', body: [[[2, [10, 0, 0, 9]]]] };
    return { ...reply, type: 2 };
  };

  beforeEach(async () => {
    asked.length = 0;
    refusals.clear();
    const host = await createFakeHost();
    now.host = host;
    await writeFile(host.paths.machined[0] ?? '', '');
    const broker = createBroker();
    await new Promise<void>((resolve) => broker.listen({ socket: host.paths.busSocket }, () => resolve()));
    const machined = createClient({ socket: host.paths.busSocket, authMethods: ['EXTERNAL'] });
    await machined.requestName('org.freedesktop.machine1', 0);
    // The library would answer that there are no such objects.
    machined.connection.removeAllListeners('message');
    machined.connection.on('message', (message: Message) => {
      if (message.type !== 1) return;
      asked.push(message);
      machined.connection.message(answer(message));
    });
    now.varlink = await serve(host.paths.machineVarlink, (client) =>
      client.on('data', (data) => {
        assert.doesNotMatch(data.toString(), /allowInteractiveAuthentication/u);
        client.write('{"error":"io.systemd.InteractiveAuthenticationRequired","parameters":{}}\0');
      }),
    );
    now.inventory = createInventory({ imageDirectories: [] }, host.paths);
    now.end = () => {
      now.inventory?.dispose();
      machined.connection.stream.destroy();
      broker.close();
      now.varlink?.close();
    };
    await host.writeMachine('web', `ROOT=${join(host.root, 'tree')}\nNETIF=" 2"\n`);
    await inventory().watch();
  });
  afterEach(async () => {
    now.end?.();
    await now.host?.remove();
  });

  const withoutOs = { state: 'running', os: undefined, addresses: ['10.0.0.9'], withheld: true };

  for (const refusal of ['InteractiveAuthorizationRequired', 'AccessDenied'])
    test(`says so where the bus answers ${refusal}, and what is told all the same`, async () => {
      refusals.set('GetMachineOSRelease', refusal);
      assert.deepEqual(await inventory().details('web'), withoutOs);
    });

  test('says so and fails at nothing where neither the bus nor varlink answers', async () => {
    refusals.set('GetAll', 'InteractiveAuthorizationRequired');
    const nothing = { state: 'unknown', os: undefined, addresses: [], withheld: true };
    assert.deepEqual(await inventory().details('web'), nothing);
  });

  test('hides nothing whose files say it, or that fails for another reason', async () => {
    refusals.set('GetMachineOSRelease', 'Failed');
    assert.equal((await inventory().details('web')).withheld, false);
    refusals.set('GetMachineOSRelease', 'InteractiveAuthorizationRequired');
    const tree = join(now.host?.root ?? '', 'tree/etc');
    await mkdir(tree, { recursive: true });
    await writeFile(join(tree, 'os-release'), 'ID=own\n');
    await inventory().refresh();
    const details = await inventory().details('web');
    assert.deepEqual([details.os?.id, details.withheld], ['own', false]);
  });

  test('shows what somebody with more rights has read, also after a refresh, as long as it runs', async () => {
    refusals.set('GetMachineOSRelease', 'InteractiveAuthorizationRequired');
    assert.deepEqual(await inventory().details('web'), withoutOs);
    const changes: unknown[] = [];
    inventory().onDidChange((some) => void changes.push(...some));
    const reply = varlinkParameters(recording('forky').varlinkMachine[0]);
    const stdout = JSON.stringify(reply);
    const told = detailsByTool('web').parse({ exitCode: 0, stdout, stderr: '' });
    const { os } = told;
    assert.equal(os?.id, 'debian');
    const earlier = machine();
    inventory().learn?.(earlier, told);
    assert.deepEqual(changes, [{ kind: 'machineChanged', id: 'web' }]);
    const all = { state: 'running', os, addresses: ['10.0.0.9'] };
    assert.deepEqual(await inventory().details('web'), all);
    await inventory().refresh();
    assert.deepEqual(await inventory().details('web'), all);
    await now.host?.writeMachine('web', 'LEADER=13\n');
    await inventory().refresh();
    assert.notEqual(machine(), earlier);
    assert.deepEqual(await inventory().details('web'), withoutOs);
    // What was read of the earlier one comes too late.
    inventory().learn?.(earlier, told);
    assert.deepEqual(await inventory().details('web'), withoutOs);
  });

  test('is asked about without a question to a person', async () => {
    refusals.set('GetMachineOSRelease', 'InteractiveAuthorizationRequired');
    await inventory().details('web');
    await inventory().imageOs('web');
    assert.ok(asked.some(({ member }) => member === 'GetMachineOSRelease'));
    for (const { member, flags = 0 } of asked) assert.equal(flags & allowInteractive, 0, member);
  });

  test('is read by one run of varlinkctl, whose other words are no answer', () => {
    const command = detailsByTool('-x "web');
    assert.equal(command.file, 'varlinkctl');
    assert.deepEqual(command.args, [
      '--json=short',
      'call',
      '/run/systemd/machine/io.systemd.Machine',
      'io.systemd.Machine.List',
      '{"name":"-x \\"web","acquireMetadata":"graceful"}',
    ]);
    for (const stdout of ['', '[1]', 'null', '{'])
      assert.throws(() => command.parse({ exitCode: 0, stdout, stderr: '' }), isFailure('unexpectedOutput'));
  });
});
