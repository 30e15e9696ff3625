import assert from 'node:assert/strict';
import type { ShellPlan } from '../../src/machines/entry.ts';
import { test } from 'node:test';
import { act, failureOf } from './act.ts';
import { testMachinesOfUser } from './machinesOfUser.ts';
import { allSuites, withHost } from './withHost.ts';

for (const suite of allSuites)
  await withHost(suite, (host) => {
    testMachinesOfUser(host, suite);

    test('whoever may not is told which permission is missing, and nothing has happened', async () => {
      assert.equal(await failureOf(host(), { do: 'start', name: 'busybox' }), undefined);
      const results = await act(
        host(),
        [
          { do: 'start', name: 'debian' },
          { do: 'terminate', name: 'busybox' },
          { do: 'kill', name: 'busybox', signal: 'SIGKILL', whom: 'all' },
          { do: 'clone', name: 'busybox', to: 'other' },
          { do: 'setEnabled', name: 'debian', enabled: true },
        ],
        'tester',
      );
      const actions = results.map(({ failure }) =>
        failure?.kind === 'notAuthorized' ? failure.polkitAction : failure,
      );
      assert.deepEqual(actions, [
        'org.freedesktop.systemd1.manage-units',
        'org.freedesktop.machine1.manage-machines',
        'org.freedesktop.machine1.manage-machines',
        'org.freedesktop.machine1.manage-images',
        'org.freedesktop.systemd1.manage-unit-files',
      ]);
      const { stdout } = await host().run('machinectl', ['list', '--no-legend']);
      assert.match(stdout, /^busybox /u);
      assert.doesNotMatch(stdout, /debian/u);
    });

    test('a shell is planned all the same, for polkit or sudo to allow it', async () => {
      const [shell, users] = await act(
        host(),
        [
          { do: 'openShell', name: 'busybox' },
          { do: 'readUsers', name: 'busybox' },
        ],
        'tester',
      );
      const plan = shell?.value as ShellPlan;
      assert.equal(plan.way, 'namespaces');
      assert.deepEqual(plan.polkitActions, ['org.freedesktop.systemd1.manage-units']);
      assert.deepEqual(users, {});
    });

    test('sudo without a password does it in the background, and is told from one that would ask', async () => {
      assert.deepEqual(await act(host(), [{ do: 'sudoNeedsNoPassword' }], 'tester'), [{ value: false }]);
      const results = await act(
        host(),
        [
          { do: 'sudoNeedsNoPassword' },
          { do: 'clone', name: 'busybox', to: 'other', reach: 'sudo' },
          { do: 'kill', name: 'busybox', signal: 'SIGKILL', whom: 'all', reach: 'sudo' },
        ],
        'admin',
      );
      assert.deepEqual(results, [{ value: true }, {}, {}]);
      const { stdout } = await host().run('machinectl', ['list-images', '--no-legend']);
      assert.match(stdout, /^other /mu);
      assert.notEqual((await host().run('systemctl', ['is-active', 'systemd-nspawn@busybox'])).exitCode, 0);
    });

    test('with a rule of polkit the tools work directly', async () => {
      const rule = 'polkit.addRule(function(a, s) { if (s.user == "tester") return polkit.Result.YES; });';
      await host().run('sh', ['-c', 'echo "$1" >/etc/polkit-1/rules.d/10-test.rules', 'sh', rule]);
      await host().run('systemctl', ['restart', 'polkit.service']);
      const results = await act(
        host(),
        [
          { do: 'start', name: 'linked' },
          { do: 'kill', name: 'linked', signal: 'SIGKILL', whom: 'all' },
          { do: 'setEnabled', name: 'linked', enabled: true },
          { do: 'remove', name: 'other' },
        ],
        'tester',
      );
      assert.deepEqual(results, [{}, {}, {}, {}]);
    });
  });
