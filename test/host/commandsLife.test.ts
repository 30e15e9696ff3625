import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { act, failureOf } from './act.ts';
import type { Host } from './host.ts';
import { machineBooted } from './machineBooted.ts';
import { allSuites, withHost } from './withHost.ts';

/** Asked of the host's own tools, beside the code under test. */
const said = async (host: Host, file: string, ...args: readonly string[]): Promise<string> =>
  (await host.run(file, args)).stdout.trim();

const unit = (name: string): string => `systemd-nspawn@${name}.service`;
const isActive = (host: Host, name: string): Promise<string> => said(host, 'systemctl', 'is-active', unit(name));
const leader = (host: Host, name: string): Promise<string> =>
  said(host, 'machinectl', 'show', '--property=Leader', '--value', name);

/** A signal before its init waits for it is lost. It does when it catches SIGTSTP. */
const busyBoxWaits = async (host: Host): Promise<void> => {
  const deadline = performance.now() + 60_000;
  const caught = async (): Promise<string> =>
    said(host, 'sed', '-n', 's/^SigCgt:.//p', `/proc/${await leader(host, 'busybox')}/status`);
  while (!/[8-f].{4}$/u.test(await caught())) {
    assert.ok(performance.now() < deadline, 'the init of busybox does not wait for signals');
    await sleep(50);
  }
};

/** A signal before its init has set up handlers is lost, as on every Linux. */
const bootedDebian = async (host: Host): Promise<void> => {
  assert.equal(await failureOf(host, { do: 'start', name: 'debian' }), undefined);
  await machineBooted(host, 'debian');
};

for (const suite of allSuites)
  await withHost(suite, (host) => {
    test('BusyBox is asked in the way that its init knows: it powers off, reboots and is terminated', async () => {
      for (const [doing, after] of [
        [{ do: 'reboot', name: 'busybox' }, 'active'],
        [{ do: 'powerOff', name: 'busybox' }, 'inactive'],
        [{ do: 'terminate', name: 'busybox' }, 'inactive'],
      ] as const) {
        if ((await isActive(host(), 'busybox')) !== 'active')
          assert.equal(await failureOf(host(), { do: 'start', name: 'busybox' }), undefined);
        await busyBoxWaits(host());
        const before = await leader(host(), 'busybox');
        // Far below the 90 seconds after which systemd would end it.
        const failure = await failureOf(host(), { ...doing, cancelAfterMs: 45_000 });
        assert.equal(failure, undefined, doing.do);
        assert.equal(await isActive(host(), 'busybox'), after, doing.do);
        if (doing.do === 'reboot') assert.notEqual(await leader(host(), 'busybox'), before);
      }
    });

    test('a machine that ignores the request to power off is told from one that stops, and killed', async () => {
      // Its init is a shell that waits for no signal, so the kernel keeps all from it.
      const init = '/var/lib/machines/busybox/sbin/init';
      const deaf = 'rm "$1"; printf "#!/bin/sh\\nwhile :; do sleep 5; done\\n" >"$1"; chmod +x "$1"';
      await host().run('sh', ['-c', deaf, 'sh', init]);
      assert.equal(await failureOf(host(), { do: 'start', name: 'busybox' }), undefined);
      assert.equal(await isActive(host(), 'busybox'), 'active');
      assert.equal(await said(host(), 'cat', `/proc/${await leader(host(), 'busybox')}/comm`), 'init');

      const ignored = await failureOf(host(), { do: 'powerOff', name: 'busybox', limitMs: 1_000 });
      assert.equal(ignored?.kind, 'didNotStop');
      assert.equal(await isActive(host(), 'busybox'), 'active');

      const results = await act(host(), [
        { do: 'kill', name: 'busybox', signal: 'SIGCONT', whom: 'leader' },
        { do: 'kill', name: 'busybox', signal: 'SIGKILL', whom: 'all' },
      ]);
      assert.deepEqual(results, [{}, {}]);
      assert.notEqual(await isActive(host(), 'busybox'), 'active');
      assert.doesNotMatch(await said(host(), 'machinectl', 'list', '--no-legend'), /busybox/u);
    });

    test('a killed machine starts again, although 257 refuses the first time', async () => {
      assert.equal(await failureOf(host(), { do: 'start', name: 'busybox' }), undefined);
      assert.equal(await isActive(host(), 'busybox'), 'active');
    });

    test('a cancelled stop goes on, and says so', async () => {
      const cancelled = await failureOf(host(), { do: 'terminate', name: 'busybox', cancelAfterMs: 1_000 });
      assert.deepEqual(cancelled, { kind: 'cancelled', left: 'deactivating' });
      assert.equal(await isActive(host(), 'busybox'), 'deactivating');
    });

    test('a start that waits behind that stop is taken back when it is cancelled', async () => {
      const failure = await failureOf(host(), { do: 'start', name: 'linked', cancelAfterMs: 1_500 });
      const jobs = await said(host(), 'systemctl', 'list-jobs', '--no-legend');
      assert.doesNotMatch(jobs, /systemd-nspawn@linked\.service/u);
      // 262 does not make them wait: how far it has come by then is that machine's.
      if (failure === undefined) assert.equal(await isActive(host(), 'linked'), 'active');
      else if (suite === 'forky') assert.equal(failure.kind, 'cancelled');
      else assert.deepEqual(failure, { kind: 'cancelled', left: 'inactive' });
      await host().run('systemctl', ['kill', '--signal=SIGKILL', unit('busybox'), unit('linked')]);
      await host().run('ln', ['-sf', '../bin/busybox', '/var/lib/machines/busybox/sbin/init']);
    });

    test('a machine with systemd reboots into another init, powers off and is terminated', async () => {
      await bootedDebian(host());
      const before = await leader(host(), 'debian');
      assert.equal(await failureOf(host(), { do: 'reboot', name: 'debian' }), undefined);
      assert.notEqual(await leader(host(), 'debian'), before);
      assert.equal(await isActive(host(), 'debian'), 'active');

      await machineBooted(host(), 'debian');
      assert.equal(await failureOf(host(), { do: 'powerOff', name: 'debian' }), undefined);
      assert.equal(await isActive(host(), 'debian'), 'inactive');

      await bootedDebian(host());
      assert.equal(await failureOf(host(), { do: 'terminate', name: 'debian' }), undefined);
      assert.equal(await isActive(host(), 'debian'), 'inactive');
    });

    test('a machine that was booted in a terminal reboots into another init', async () => {
      // Not its unit: systemd-nspawn then puts the machine into a scope of its own.
      const boot = ['systemd-nspawn', '--quiet', '--boot', '-U', '--machine=debian'];
      await host().run('systemd-run', ['--collect', '--unit=as-in-terminal', ...boot]);
      await machineBooted(host(), 'debian');
      assert.match(await said(host(), 'machinectl', 'show', '--property=Unit', '--value', 'debian'), /\.scope$/u);
      const before = await leader(host(), 'debian');
      assert.equal(await failureOf(host(), { do: 'reboot', name: 'debian' }), undefined);
      assert.match(await leader(host(), 'debian'), /^\d+$/u);
      assert.notEqual(await leader(host(), 'debian'), before);
      await machineBooted(host(), 'debian');
      assert.equal(await failureOf(host(), { do: 'terminate', name: 'debian' }), undefined);
    });

    test('a machine without an init did not start, and its journal says why', async () => {
      const failure = await failureOf(host(), { do: 'start', name: 'noinit' });
      assert.ok(failure?.kind === 'didNotStart');
      assert.equal(failure.result, 'exit-code');
      assert.ok(failure.journal.some((line) => line.startsWith('execv(')));
      assert.ok(
        failure.journal.every((line) => !/^(?:Starting|Started) /u.test(line)),
        failure.journal.join('\n'),
      );
    });

    test('its own words are found also where journald reads them after the unit has ended', async () => {
      // As on a busy host: the entry of what was printed then names the unit, and no run of it.
      const signal = (name: string): Promise<unknown> =>
        host().run('systemctl', ['kill', `--signal=${name}`, 'systemd-journald.service']);
      await host().run('systemctl', ['reset-failed', unit('noinit')]);
      await signal('SIGSTOP');
      const failing = failureOf(host(), { do: 'start', name: 'noinit' });
      const deadline = performance.now() + 30_000;
      while ((await isActive(host(), 'noinit')) !== 'failed' && performance.now() < deadline) await sleep(20);
      await signal('SIGCONT');
      const failure = await failing;
      assert.ok(failure?.kind === 'didNotStart');
      assert.ok(
        failure.journal.some((line) => line.startsWith('execv(')),
        failure.journal.join('\n'),
      );
    });

    test('an init that ends at once did not start either', async () => {
      const init = '/var/lib/machines/ends/sbin/init';
      await host().run('cp', ['-a', '/var/lib/machines/busybox', '/var/lib/machines/ends']);
      await host().run('sh', [
        '-c',
        'rm "$1"; printf "#!/bin/sh\\necho going down; exit 3\\n" >"$1"; chmod +x "$1"',
        'sh',
        init,
      ]);
      const failure = await failureOf(host(), { do: 'start', name: 'ends' });
      assert.ok(failure?.kind === 'didNotStart');
      assert.ok(failure.journal.includes('going down'));
    });

    test('what is not there is said to be missing', async () => {
      const kinds = (
        await act(host(), [
          { do: 'start', name: 'nope' },
          { do: 'powerOff', name: 'nope' },
          { do: 'reboot', name: 'debian' },
          { do: 'terminate', name: 'nope' },
          { do: 'kill', name: 'nope', signal: 'SIGKILL', whom: 'all' },
          { do: 'setEnabled', name: 'nope', enabled: true },
          { do: 'start', name: 'a_b' },
        ])
      ).map(({ failure }) => failure?.kind);
      const gone = 'noSuchMachine';
      assert.deepEqual(kinds, ['noSuchImage', gone, gone, gone, gone, 'noSuchImage', 'invalidName']);
    });

    test('enabled at boot, and no longer', async () => {
      const link = `/etc/systemd/system/machines.target.wants/${unit('debian')}`;
      assert.equal(await failureOf(host(), { do: 'setEnabled', name: 'debian', enabled: true }), undefined);
      assert.match(await said(host(), 'readlink', link), /systemd-nspawn@\.service$/u);
      assert.equal(await failureOf(host(), { do: 'setEnabled', name: 'debian', enabled: false }), undefined);
      assert.equal(await said(host(), 'readlink', link), '');
    });

    test('what starts at boot is known, and what is left of an image that was renamed or removed can be disabled', async () => {
      const link = (name: string): string => `/etc/systemd/system/machines.target.wants/${unit(name)}`;
      const ask = async (name: string): Promise<unknown> => (await act(host(), [{ do: 'startsAtBoot', name }]))[0];
      const enabled = { do: 'setEnabled', enabled: true } as const;
      assert.deepEqual(await act(host(), [{ do: 'clone', name: 'frozen', to: 'boots' }]), [{}]);
      assert.deepEqual(await ask('boots'), { value: false });
      assert.equal(await failureOf(host(), { ...enabled, name: 'boots' }), undefined);
      assert.deepEqual(await ask('boots'), { value: true });
      assert.equal(await failureOf(host(), { do: 'rename', name: 'boots', to: 'moved' }), undefined);
      // systemd and machinectl carry nothing along: that is ours to do.
      assert.deepEqual([await ask('boots'), await ask('moved')], [{ value: true }, { value: false }]);
      assert.deepEqual(
        await act(host(), [
          { ...enabled, name: 'moved' },
          { do: 'setEnabled', name: 'boots', enabled: false },
        ]),
        [{}, {}],
      );
      assert.equal(await said(host(), 'readlink', link('boots')), '');
      assert.match(await said(host(), 'readlink', link('moved')), /systemd-nspawn@\.service$/u);
      assert.equal(await failureOf(host(), { do: 'remove', name: 'moved' }), undefined);
      assert.deepEqual(await ask('moved'), { value: true });
      assert.equal(await failureOf(host(), { do: 'setEnabled', name: 'moved', enabled: false }), undefined);
      assert.equal(await said(host(), 'readlink', link('moved')), '');
    });

    test('where the bus refuses root, as beyond 253 machines, what needs no bus still works', async () => {
      const limit = '/etc/dbus-1/system.d/test-limit.conf';
      const config = '<busconfig><limit name="max_connections_per_user">1</limit></busconfig>';
      const reload = 'kill -HUP "$(systemctl show --property=MainPID --value dbus)"; sleep 0.3';
      assert.equal(await failureOf(host(), { do: 'start', name: 'nasty' }), undefined);
      await host().run('sh', ['-c', `echo '${config}' >${limit}; ${reload}`]);
      const [enable, cloning, stopping] = await act(host(), [
        { do: 'setEnabled', name: 'nasty', enabled: true },
        { do: 'clone', name: 'nasty', to: 'never' },
        { do: 'kill', name: 'nasty', signal: 'SIGKILL', whom: 'all' },
      ]);
      await host().run('sh', ['-c', `rm ${limit}; ${reload}`]);
      assert.deepEqual([enable, cloning?.failure?.kind, stopping], [{}, 'busUnavailable', {}]);
      assert.notEqual(await isActive(host(), 'nasty'), 'active');
    });
  });
