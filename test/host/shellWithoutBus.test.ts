import assert from 'node:assert/strict';
import type { ShellPlan } from '../../src/machines/entry.ts';
import { test } from 'node:test';
import { act, failureOf } from './act.ts';
import { hostObstacle } from './boot/obstacle.ts';
import type { Host } from './host.ts';
import { buildProgram } from './programs/buildProgram.ts';
import { inTerminal } from './terminal.ts';
import { allSuites, withHost } from './withHost.ts';

const takeOver =
  (await hostObstacle()) === undefined
    ? await buildProgram('takeOver', '-nostdlib', '-fno-stack-protector')
    : undefined;
const place = '/srv/take-over';
const binds = takeOver === undefined ? [] : [{ source: takeOver, target: place }];

const script = async (host: Host, text: string, ...args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await host.run('sh', ['-ec', text, 'sh', ...args]);
  assert.equal(exitCode, 0, stderr);
  return stdout.trim();
};

const planOf = async (host: Host, name: string, commandLine: string): Promise<ShellPlan> => {
  const [result] = await act(host, [{ do: 'openShell', name, request: { commandLine } }]);
  assert.equal(result?.failure, undefined);
  return result?.value as ShellPlan;
};

const nsenter = '$(readlink -f "$(command -v nsenter)")';
const sumOf = (host: Host): Promise<string> => script(host, `sha256sum <${nsenter}`);

/** What came of the attack, and of nsenter's file. */
const attacked = async (host: Host, plan: ShellPlan): Promise<readonly [outcome: string, sum: string]> => {
  const supervisor = await script(host, 'systemctl show --property=MainPID --value systemd-nspawn@hostile');
  const [leader = ''] = (await script(host, `cat /proc/${supervisor}/task/${supervisor}/children`)).split(' ');
  const outcome = `/proc/${leader}/root/run/outcome`;
  await script(host, `rm -f ${outcome}`);
  const { stdout } = await inTerminal(host, plan);
  const wait = `for i in $(seq 80); do cat ${outcome} 2>/dev/null && exit; sleep 0.1; done; echo "nothing: $1"`;
  return [await script(host, wait, stdout), await sumOf(host)];
};

/** A machine whose shell is a link to whoever starts it, and whose loader is the attack. */
const makeHostile = `tree=/var/lib/machines/hostile
cp ${place}/takeOver $tree/take-over
mkdir -p $tree/lib64
ln -s /take-over $tree/lib64/ld-linux-x86-64.so.2
ln -sf /proc/self/exe $tree/bin/sh
sed -i /sysinit/d $tree/etc/inittab`;

const start = async (host: Host, name: string): Promise<void> => {
  const settings = '/etc/systemd/nspawn';
  await script(host, `machinectl clone busybox ${name}; cp ${settings}/busybox.nspawn ${settings}/${name}.nspawn`);
  if (name === 'hostile') await script(host, makeHostile);
  assert.equal(await failureOf(host, { do: 'start', name }), undefined);
};

for (const suite of allSuites)
  await withHost(
    suite,
    (host) => {
      test('where the bus refuses root, a shell opens over the socket of systemd, held as any other', async () => {
        for (const name of ['plain', 'hostile']) await start(host(), name);
        await script(host(), 'systemctl stop dbus.socket dbus.service');
        const plan = await planOf(
          host(),
          'plain',
          'X=a; echo "dollar $X"; test -t 0 && test -t 1 && echo terminal; grep Seccomp: /proc/self/status',
        );
        assert.deepEqual(plan.polkitActions, []);
        const { stdout } = await inTerminal(host(), plan);
        assert.match(stdout, /dollar a\s+terminal\s+Seccomp:\s+2/u);
      });

      test("a machine whose shell is a link to /proc/self/exe cannot overwrite the host's nsenter", async () => {
        const plan = await planOf(host(), 'hostile', 'true');
        const before = await sumOf(host());
        assert.deepEqual(await attacked(host(), plan), ['refused', before]);
        // The same without what protects it, so that it is seen to be an attack.
        const [file = '', ...args] = plan.command.args.slice(plan.command.args.indexOf('--') + 1);
        const bare = {
          ...plan,
          command: { ...plan.command, file, args: args.map((argument) => argument.replaceAll('$$', '$')) },
        };
        const [outcome, after] = await attacked(host(), bare);
        assert.equal(outcome, 'taken');
        assert.notEqual(after, before);
      });
    },
    { binds },
  );
