// Our inventory inside real hosts, compared with what machinectl and systemctl say.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InventoryChange } from '../../src/machines/inventory.ts';
import { detailsByTool } from '../../src/machines/nspawn/observe/machineDetails.ts';
import type { Host } from './host.ts';
import { imageNames } from './installImages.ts';
import { killMachines } from './killMachines.ts';
import { machineBooted } from './machineBooted.ts';
import { observe } from './observedHost.ts';
import type { Observer, ObserverOptions } from './observedHost.ts';
import { allSuites, withHost } from './withHost.ts';

const { busybox, debian, frozen, linked, nasty, nastyName, noInit, rawDisk } = imageNames;

const is =
  (kind: InventoryChange['kind'], name?: string) =>
  (change: InventoryChange): boolean =>
    change.kind === kind && (name === undefined || ('id' in change && change.id === name));

/** What is read twice alike, two seconds apart; at last what is read after a minute. */
const settled = async (read: () => Promise<string>): Promise<string> => {
  let last = await read();
  for (let tries = 0; tries < 30; tries += 1) {
    await sleep(2000);
    const now = await read();
    if (now === last) break;
    last = now;
  }
  return last;
};

const must = async (host: Host, file: string, ...args: string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await host.run(file, args);
  assert.equal(exitCode, 0, `${file} ${args.join(' ')}: ${stderr}`);
  return stdout;
};

const json = async (host: Host, ...args: string[]): Promise<Record<string, unknown>[]> =>
  JSON.parse(await must(host, 'machinectl', ...args, '--output=json')) as Record<string, unknown>[];

const endMachines = async (host: Host): Promise<void> =>
  killMachines(host, ...(await json(host, 'list')).map(({ machine }) => String(machine)));

/** Changes of what machines and images there are, without those of their details. */
const namesOf = (changes: readonly InventoryChange[]): string[] =>
  changes.map((change) => ('id' in change ? `${change.kind} ${change.id}` : change.kind));

for (const suite of allSuites)
  await withHost(suite, (host) => {
    const observers: Observer[] = [];
    const start = async (options?: ObserverOptions): Promise<Observer> => {
      const observer = await observe(host(), options);
      observers.push(observer);
      return observer;
    };
    afterEach(async () => {
      for (const observer of observers.splice(0)) await observer.end();
      await endMachines(host());
    });

    for (const user of ['root', 'tester'])
      test(`${user} sees which units of machines have failed without an action of ours, and that they count as failed no longer`, async () => {
        const unit = `systemd-nspawn@${noInit}.service`;
        const own = [
          '[Service]',
          `ExecStart=/usr/bin/systemd-nspawn -q -M own-one -D /var/lib/machines/${noInit} /nope`,
        ];
        const written = 'cat >/run/systemd/system/own.service && systemctl daemon-reload';
        await host().run('sh', ['-c', written], { input: `${own.join('\n')}\n` });
        const observer = await start({ user });
        const first = await observer.watch();
        assert.deepEqual(first.failed, []);
        await host().run('systemctl', ['start', unit]);
        await observer.change(is('unitFailed', noInit));
        await host().run('systemctl', ['start', 'own.service']);
        const { image } = { image: undefined, ...(await observer.change(is('unitFailed', 'own-one'))) };
        assert.equal(image, `/var/lib/machines/${noInit}`);
        const { failed } = await observer.snapshot();
        const said = await must(host(), 'systemctl', 'show', unit, '-p', 'Result', '-p', 'ExecMainStatus');
        const [one] = failed.filter(({ machine }) => machine === noInit);
        assert.deepEqual(said.trim().split('\n').sort(), [
          `ExecMainStatus=${one?.exitCode ?? ''}`,
          `Result=${one?.result ?? ''}`,
        ]);
        assert.ok(Math.abs(Date.now() - (one?.since ?? 0)) < 600_000);
        const later = await start({ user });
        assert.deepEqual((await later.watch()).failed.map(({ machine }) => machine).sort(), [noInit, 'own-one']);
        await must(host(), 'systemctl', 'reset-failed', unit);
        await observer.change(is('unitRecovered', noInit));
        await must(host(), 'systemctl', 'reset-failed', 'own.service');
        await observer.change(is('unitRecovered', 'own-one'));
        assert.deepEqual((await observer.snapshot()).failed, []);
        await must(host(), 'rm', '/run/systemd/system/own.service');
      });

    for (const user of ['root', 'tester'])
      test(`${user} sees the machines and images that machinectl lists`, async () => {
        await must(host(), 'machinectl', 'start', busybox, debian);
        const observer = await start({ user });
        const seen = await observer.watch();
        assert.deepEqual(seen.availability, { kind: 'ready' });
        const machines = await json(host(), 'list');
        assert.deepEqual(
          seen.machines.map(({ name, className, service }) => [name, className, service]).sort(),
          machines.map((row) => [row['machine'], row['class'], row['service']]).sort(),
        );
        for (const machine of seen.machines) {
          const said = await must(
            host(),
            'machinectl',
            'show',
            machine.name,
            '-p',
            'Leader',
            '-p',
            'Unit',
            '-p',
            'RootDirectory',
          );
          const mine = `RootDirectory=${machine.rootDirectory ?? ''}\nUnit=${machine.unit ?? ''}\nLeader=${machine.leader ?? ''}\n`;
          assert.deepEqual(said.split('\n').sort(), mine.split('\n').sort());
          const age = Date.now() - (machine.since ?? 0);
          assert.ok(age > 0 && age < 600_000, String(age));
        }
        const images = await json(host(), 'list-images', '--all');
        assert.deepEqual(
          seen.images.map(({ name, type, readOnly }) => [name, type, readOnly]).sort(),
          images.map((row) => [row['name'], row['type'], row['ro']]).sort(),
        );
        for (const { name, path, limit } of seen.images) {
          const said = await must(host(), 'machinectl', 'show-image', '-p', 'Path', '-p', 'Limit', '--', name);
          const properties = new Map(
            said
              .trim()
              .split('\n')
              .map((line) => line.split('=') as [string, string]),
          );
          assert.equal(path, properties.get('Path'));
          const unlimited = ['18446744073709551615', 'infinity', '[not set]', undefined].includes(
            properties.get('Limit'),
          );
          assert.equal(
            limit === undefined ? undefined : String(limit),
            unlimited ? undefined : properties.get('Limit'),
          );
        }
        assert.ok(seen.images.some(({ name }) => name === nastyName));
      });

    for (const user of ['root', 'tester'])
      test(`${user} learns what a machine runs, and what is on an image`, async () => {
        const observer = await start({ user });
        await observer.watch();
        assert.equal((await observer.imageOs(debian))?.id, 'debian');
        assert.equal((await observer.imageOs(linked))?.name, 'Linked OS');
        assert.equal(await observer.imageOs('nope'), undefined);
        await must(host(), 'machinectl', 'start', busybox, debian, nasty);
        await machineBooted(host(), debian);
        const details = await observer.details(debian);
        assert.equal(details.state, 'running');
        assert.equal(details.os?.id, 'debian');
        const shown = Object.values((await observer.details(nasty)).os ?? {}).join('');
        assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        await assert.rejects(observer.details('nope'), /noSuchMachine/u);
        // 262 tells an unprivileged user nothing about an image that runs, before it has stopped, and keeps back what the machine is.
        const isTold = user === 'root' || suite !== 'forky';
        const hidden = await observer.details(busybox);
        assert.deepEqual([hidden.os?.id, hidden.withheld], isTold ? ['busybox', false] : [undefined, true]);
        if (!isTold) {
          const { file, args } = detailsByTool(busybox);
          await observer.learn(busybox, await must(host(), file, ...args));
          const told = await observer.details(busybox);
          assert.deepEqual([told.os?.id, told.withheld], ['busybox', undefined]);
        }
        assert.equal((await observer.imageOs(busybox))?.id, isTold ? 'busybox' : undefined);
        await killMachines(host(), busybox);
        await observer.change(is('machineRemoved', busybox));
        assert.equal((await observer.imageOs(busybox))?.id, 'busybox');
      });

    test('an address that comes after the start is told', async () => {
      const observer = await start();
      await observer.watch();
      await must(host(), 'machinectl', 'start', debian);
      await observer.change(is('machineAdded', debian));
      const isRoutable = (address: string): boolean => !/^(?:fe80:|169\.254\.)/u.test(address);
      assert.deepEqual((await observer.details(debian)).addresses.filter(isRoutable), []);
      const leader = (await observer.snapshot()).machines[0]?.leader ?? 0;
      const inside = ['--target', String(leader), '--net', 'ip'];
      await must(host(), 'nsenter', ...inside, 'address', 'add', '10.9.8.7/24', 'dev', 'host0');
      // Link-local ones may be told first, and one by DHCP as well.
      for (;;) {
        await observer.change(is('machineChanged', debian));
        const { addresses } = await observer.details(debian);
        if (addresses[0] !== undefined && isRoutable(addresses[0])) break;
        observer.changes.length = 0;
      }
    });

    test('machines come and go by themselves, and a restart of machined tells nothing', async () => {
      await must(host(), 'machinectl', 'start', busybox);
      const observer = await start({ user: 'tester' });
      await observer.watch();
      observer.changes.length = 0;
      await must(host(), 'systemctl', 'restart', 'systemd-machined');
      await must(host(), 'machinectl', 'start', debian);
      await observer.change(is('machineAdded', debian));
      await killMachines(host(), busybox);
      await observer.change(is('machineRemoved', busybox));
      // The unit of a killed machine has failed, and counts as failed until somebody resets it, as the rig does; that is told, too.
      const ofUnits = [`unitFailed ${busybox}`, `unitRecovered ${busybox}`];
      const ofMachines = namesOf(observer.changes).filter((change) => !ofUnits.includes(change));
      assert.deepEqual(ofMachines, [`machineAdded ${debian}`, `machineRemoved ${busybox}`]);
      const [machine] = (await observer.snapshot()).machines;
      assert.equal(
        String(machine?.leader),
        (await must(host(), 'machinectl', 'show', debian, '-p', 'Leader', '--value')).trim(),
      );
    });

    test('images come, change and go, each without a new list', async () => {
      const observer = await start();
      await observer.watch();
      observer.changes.length = 0;
      await must(host(), 'machinectl', 'clone', busybox, 'copy');
      await observer.change(is('imageAdded', 'copy'));
      await must(host(), 'machinectl', 'rename', 'copy', 'renamed');
      await observer.change(is('imageRemoved', 'copy'));
      await observer.change(is('imageAdded', 'renamed'));
      await must(host(), 'machinectl', 'read-only', rawDisk, 'true');
      await observer.change(is('imageChanged', rawDisk));
      await must(host(), 'machinectl', 'read-only', rawDisk, 'false');
      await must(host(), 'machinectl', 'remove', 'renamed');
      await observer.change(is('imageRemoved', 'renamed'));
      const told = new Set(namesOf(observer.changes));
      told.delete(`imageChanged ${rawDisk}`);
      assert.deepEqual([...told].sort(), [
        'imageAdded copy',
        'imageAdded renamed',
        'imageRemoved copy',
        'imageRemoved renamed',
      ]);
    });

    test('a change that has no event is found by a refresh, and told alone', async () => {
      const observer = await start({ user: 'tester' });
      await observer.watch();
      // What the machines of earlier tests have left behind on their images is known by then.
      await observer.refresh();
      observer.changes.length = 0;
      await must(host(), 'machinectl', 'read-only', frozen, 'false');
      try {
        const { images } = await observer.refresh();
        assert.equal(images.find(({ name }) => name === frozen)?.readOnly, false);
        assert.deepEqual(namesOf(observer.changes), [`imageChanged ${frozen}`]);
      } finally {
        await must(host(), 'machinectl', 'read-only', frozen, 'true');
      }
    });

    test('a masked machined is down, its images and machines stay, and it is found when it is back', async () => {
      await must(host(), 'machinectl', 'start', busybox);
      const observer = await start();
      const before = await observer.watch();
      await must(host(), 'systemctl', 'mask', '--runtime', '--now', 'systemd-machined.service');
      try {
        const during = await observer.refresh();
        assert.equal(during.availability.kind, 'machinedDown');
        assert.deepEqual(during.machines, before.machines);
        assert.deepEqual(during.images.map(({ name }) => name).sort(), before.images.map(({ name }) => name).sort());
      } finally {
        observer.changes.length = 0;
        await must(host(), 'systemctl', 'unmask', '--runtime', 'systemd-machined.service');
      }
      await observer.change(is('availability'));
      assert.deepEqual((await observer.snapshot()).availability, { kind: 'ready' });
    });

    test('a bus that stops is told, machines go on being seen, and it is found when it is back', async () => {
      const observer = await start();
      await observer.watch();
      observer.changes.length = 0;
      await must(host(), 'systemctl', 'stop', 'dbus.service', 'dbus.socket');
      try {
        await observer.change(is('availability'));
        const during = await observer.refresh();
        assert.equal(during.availability.kind, 'busDown');
        assert.ok(during.images.length > 5);
      } finally {
        observer.changes.length = 0;
        await must(host(), 'systemctl', 'start', 'dbus.socket', 'dbus.service');
      }
      await observer.change(is('availability'));
      assert.deepEqual((await observer.snapshot()).availability, { kind: 'ready' });
    });

    test('an uninstalled machined is missing, its images are read from their directory, and it is found when installed', async () => {
      const observer = await start();
      await observer.watch();
      const service = '/usr/share/dbus-1/system-services/org.freedesktop.machine1.service';
      const hide = `mv ${service} /root/service; mv /usr/lib/systemd/systemd-machined /root/; systemctl stop systemd-machined.service systemd-machined.socket; systemctl reload dbus`;
      const show = `mv /root/systemd-machined /usr/lib/systemd/; mv /root/service ${service}; systemctl reload dbus; systemctl start systemd-machined.socket`;
      await host().run('sh', ['-c', hide]);
      try {
        const deadline = performance.now() + 60_000;
        const { availability, images } = await (async () => {
          for (;;) {
            const seen = await observer.refresh();
            if (seen.availability.kind === 'notInstalled' || performance.now() > deadline) return seen;
            await sleep(100);
          }
        })();
        assert.deepEqual(availability, { kind: 'notInstalled' });
        assert.equal(images.find(({ name }) => name === busybox)?.managed, false);
      } finally {
        observer.changes.length = 0;
        await host().run('sh', ['-c', show]);
      }
      await observer.change(is('availability'));
      await observer.change(is('imageChanged', busybox));
      const { availability, images } = await observer.snapshot();
      assert.deepEqual(availability, { kind: 'ready' });
      assert.equal(images.find(({ name }) => name === busybox)?.managed, true);
    });

    test('directories of a user are searched too, and watched', async () => {
      await host().run('sh', ['-c', 'mkdir -p /home/tester/own/tree/usr && chown -R tester: /home/tester/own'], {});
      const observer = await start({ user: 'tester', imageDirectories: ['/home/tester/own'] });
      const { images } = await observer.watch();
      const own = images.find(({ path }) => path === '/home/tester/own/tree');
      assert.deepEqual([own?.name, own?.managed], ['tree', false]);
      await host().run('sh', ['-c', 'mkdir -p /tmp/x/usr; mv /tmp/x /home/tester/own/second']);
      await observer.change(is('imageAdded', 'second'));
    });

    test('while nothing happens nothing is done, and after a pause nothing is open', async () => {
      await must(host(), 'machinectl', 'start', busybox);
      const log = '/tmp/idle.strace';
      const traced = ['strace', '-f', '-qq', '-o', log, '-e', 'trace=%process,%network,%file'];
      const observer = await start({ wrapper: traced });
      const plain = await start();
      await plain.watch();
      await observer.watch();
      await observer.details(busybox);
      // What a busy machine is late with has come when nothing new is written for a while.
      const before = await settled(() => must(host(), 'wc', '-l', log));
      await sleep(5000);
      assert.equal(await must(host(), 'wc', '-l', log), before);
      assert.ok(Number.parseInt(before, 10) > 100, before);
      assert.ok(!(await plain.resources()).includes('Timeout'));
      observer.changes.length = 0;
      await observer.pause();
      await plain.pause();
      const open = async (): Promise<readonly string[]> =>
        (await plain.resources()).filter((resource) => resource !== 'PipeWrap' && resource !== 'SimpleWriteWrap');
      for (let tries = 0; tries < 50 && (await open()).length > 0; tries += 1) await sleep(200);
      assert.deepEqual(await open(), []);
      await killMachines(host(), busybox);
      await sleep(500);
      assert.deepEqual(observer.changes, []);
    });
  });
