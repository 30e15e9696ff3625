import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createBroker, createClient, type Message } from 'dbus-native';
import { unitRules } from '../../../../src/machines/host/failedUnitCalls.ts';
import { createMachinedLink } from '../../../../src/machines/nspawn/observe/machinedLink.ts';
import type { MachinedLink } from '../../../../src/machines/nspawn/observe/machinedLink.ts';
import { aMoment, createFakeHost, serve, until } from './fakeHost.ts';
import type { FakeHost } from './fakeHost.ts';

const timeoutMs = 300;

describe('the bus, and what it says about the host', () => {
  const now: { host?: FakeHost; link?: MachinedLink; server?: Server } = {};
  const told: string[] = [];
  const transfers: string[] = [];
  const units: string[] = [];
  const host = (): FakeHost => now.host ?? assert.fail();
  const link = (): MachinedLink => now.link ?? assert.fail();
  const install = (): Promise<void> => writeFile(host().paths.machined[0] ?? '', '');

  beforeEach(async () => {
    told.length = 0;
    transfers.length = 0;
    units.length = 0;
    const made = await createFakeHost();
    now.host = made;
    now.link = createMachinedLink(
      made.paths,
      {
        onAvailability: () => void told.push(link().availability().kind),
        onTransferEnded: () => void transfers.push('ended'),
        onUnitChanged: () => void units.push('changed'),
      },
      timeoutMs,
    );
  });
  afterEach(async () => {
    link().close();
    now.server?.close();
    delete now.server;
    await host().remove();
  });

  test('no systemd', async () => {
    await rm(host().paths.booted, { recursive: true });
    await link().probe();
    assert.deepEqual(link().availability(), { kind: 'notBooted' });
  });

  test('neither bus nor machined', async () => {
    await link().probe();
    assert.deepEqual(link().availability(), { kind: 'notInstalled' });
  });

  test('a machined without a bus', async () => {
    await install();
    await link().probe();
    assert.deepEqual(link().availability(), { kind: 'busDown', detail: 'ENOENT' });
  });

  const answers: Record<string, (client: Socket) => void> = {
    'says nothing': () => undefined,
    'hangs up': (client) => client.end(),
    'refuses everybody': (client) => client.on('data', () => client.write('REJECTED KERBEROS_V4\r\n')),
    'says nothing after the greeting': (client) => client.once('data', () => client.write('OK 1234\r\n')),
    'answers with garbage': (client) =>
      client.once('data', () => client.write(Buffer.concat([Buffer.from('OK 1234\r\n'), Buffer.alloc(64, 0xfe)]))),
    'never ends its line': (client) => client.on('data', () => client.write(Buffer.alloc(4000, 0x41))),
  };
  for (const [what, answer] of Object.entries(answers))
    test(`a bus that ${what} is down, and nothing hangs`, async () => {
      await install();
      now.server = await serve(host().paths.busSocket, answer);
      await link().probe();
      assert.equal(link().availability().kind, 'busDown');
      await assert.rejects(link().call({ destination: 'a.b', path: '/', interface: 'a.b', member: 'C' }));
    });

  test('a bus without machined, as it comes, goes and comes again', async () => {
    await install();
    await link().probe();
    assert.deepEqual(told, ['busDown']);
    const listen = async (): Promise<() => Promise<void>> => {
      const broker = createBroker();
      await new Promise<void>((resolve) => broker.listen({ socket: host().paths.busSocket }, () => resolve()));
      return async () => {
        broker.close();
        await rm(host().paths.busSocket, { force: true });
      };
    };
    const stopFirst = await listen();
    await until('the bus is found', () => told.length === 2);
    assert.deepEqual(told, ['busDown', 'machinedDown']);
    await stopFirst();
    await until('its end is noticed', () => told.length === 3);
    assert.equal(link().availability().kind, 'busDown');
    const stopSecond = await listen();
    await until('it is found again', () => told.length === 4);
    assert.equal(link().availability().kind, 'machinedDown');
    link().close();
    await stopSecond();
  });

  test('after a close nothing is heard any more', async () => {
    await install();
    await link().probe();
    link().close();
    told.length = 0;
    const pending = link().probe();
    link().close();
    await pending;
    assert.deepEqual(told, []);
  });

  test('machined is looked for again when systemd has read its files anew, and not when it begins to', async () => {
    await install();
    const broker = createBroker();
    await new Promise<void>((resolve) => broker.listen({ socket: host().paths.busSocket }, () => resolve()));
    const other = createClient({ socket: host().paths.busSocket, authMethods: ['EXTERNAL'] });
    try {
      await link().probe();
      assert.equal(link().availability().kind, 'machinedDown');
      await other.requestName('org.freedesktop.systemd1', 0);
      // What a look would find now.
      await rm(host().paths.machined[0] ?? '');
      const reloading = (begins: boolean): unknown =>
        other.connection.message({
          ...{ type: 4, serial: begins ? 101 : 102, path: '/org/freedesktop/systemd1' },
          ...{ interface: 'org.freedesktop.systemd1.Manager', member: 'Reloading', signature: 'b', body: [begins] },
        });
      reloading(true);
      await aMoment();
      assert.equal(link().availability().kind, 'machinedDown');
      reloading(false);
      await until('it is looked for', () => link().availability().kind === 'notInstalled');
    } finally {
      other.connection.stream.destroy();
      link().close();
      broker.close();
    }
  });

  test('a unit that is followed is heard, also after the bus was opened anew, and one that is followed no longer is not', async () => {
    await install();
    const broker = createBroker();
    await new Promise<void>((resolve) => broker.listen({ socket: host().paths.busSocket }, () => resolve()));
    const other = createClient({ socket: host().paths.busSocket, authMethods: ['EXTERNAL'] });
    const serials = { last: 100 };
    const says = (unit: string): unknown =>
      other.connection.message({
        ...{ type: 4, serial: (serials.last += 1), path: `/org/freedesktop/systemd1/unit/${unit}_2eservice` },
        ...{ interface: 'org.freedesktop.DBus.Properties', member: 'PropertiesChanged', signature: 's', body: ['x'] },
      });
    try {
      await other.requestName('org.freedesktop.systemd1', 0);
      await link().probe();
      assert.equal(await link().follow(unitRules('a.service')), true);
      assert.equal(await link().follow(unitRules('a.service')), false);
      says('b');
      says('a');
      await until('it is heard', () => units.length === 1);
      link().close();
      await link().probe();
      says('a');
      await until('it is heard again', () => units.length === 2);
      assert.equal(await link().follow([]), false);
      says('a');
      await aMoment();
      assert.equal(units.length, 2);
    } finally {
      other.connection.stream.destroy();
      link().close();
      broker.close();
    }
  });

  test('a signal that somebody sends to this connection by its name says nothing', async () => {
    await install();
    const broker = createBroker();
    await new Promise<void>((resolve) => broker.listen({ socket: host().paths.busSocket }, () => resolve()));
    const other = createClient({ socket: host().paths.busSocket, authMethods: ['EXTERNAL'] });
    try {
      await link().probe();
      const serials = { last: 100 };
      const signal = (more: { readonly destination?: string } = {}): Message => ({
        type: 4,
        serial: (serials.last += 1),
        path: '/org/freedesktop/import1',
        interface: 'org.freedesktop.import1.Manager',
        member: 'TransferRemoved',
        ...more,
      });
      for (let number = 0; number < 10; number += 1)
        for (const name of [`:1.${number}`, `:0.${number}`]) other.connection.message(signal({ destination: name }));
      await aMoment();
      assert.deepEqual(transfers, []);
      await other.requestName('org.freedesktop.import1', 0);
      other.connection.message(signal());
      await until('the signal of the service itself is heard', () => transfers.length === 1);
    } finally {
      other.connection.stream.destroy();
      link().close();
      broker.close();
    }
  });
});
