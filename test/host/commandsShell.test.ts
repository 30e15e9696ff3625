import assert from 'node:assert/strict';
import type { ShellPlan, ShellRequest } from '../../src/machines/entry.ts';
import { test } from 'node:test';
import { act, failureOf } from './act.ts';
import type { Host } from './host.ts';
import { machineBooted } from './machineBooted.ts';
import { inTerminal } from './terminal.ts';
import { allSuites, withHost } from './withHost.ts';

const said = async (host: Host, file: string, ...args: readonly string[]): Promise<string> =>
  (await host.run(file, args)).stdout.trim();

const leader = (host: Host, name: string): Promise<string> =>
  said(host, 'machinectl', 'show', '--property=Leader', '--value', name);

const planOf = async (host: Host, name: string, request: ShellRequest): Promise<ShellPlan> => {
  const [result] = await act(host, [{ do: 'openShell', name, request }]);
  assert.equal(result?.failure, undefined);
  return result?.value as ShellPlan;
};

/** What a shell finds out about itself. Blanks around `|` keep the parts apart. */
const report = [
  'grep -E "^(Cap|NoNewPrivs|Uid|Gid)" /proc/self/status',
  'echo "map $(cat /proc/self/uid_map)"',
  'for n in pid net mnt uts ipc cgroup user; do echo "$n $(readlink /proc/self/ns/$n)"; done',
  'echo "fds $(cd /proc/$$/fd && echo *)"',
  'echo "cwd $(pwd)"',
  'test -t 0 && test -t 1 && echo "tty yes"',
  'echo "variables $(env | cut -d= -f1 | sort | tr "\\n" " ")"',
  'X=a; echo "dollar $X ${X} $(echo b)"',
  'exit 7',
].join('\n');

const fieldsOf = (stdout: string): ReadonlyMap<string, string> =>
  new Map(
    stdout
      .split(/\r?\n/u)
      .map((line) => /^\W*(\w+):?\s+(.*)$/u.exec(line))
      .flatMap((match) => (match === null ? [] : [[match[1] ?? '', (match[2] ?? '').trim().replace(/\s+/gu, ' ')]])),
  );

const capabilitySets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];

/** Nothing that its leader has not: each set of the shell within that of the leader. */
const assertWithinLeader = async (host: Host, name: string, fields: ReadonlyMap<string, string>): Promise<void> => {
  const status = fieldsOf(await said(host, 'cat', `/proc/${await leader(host, name)}/status`));
  for (const set of capabilitySets) {
    const [mine, its] = [fields, status].map((from) => BigInt(`0x${from.get(set) ?? 'missing'}`));
    assert.ok(mine !== undefined && its !== undefined && (mine & ~its) === 0n, set);
  }
};

const assertInside = async (host: Host, name: string, fields: ReadonlyMap<string, string>): Promise<void> => {
  const pid = await leader(host, name);
  for (const namespace of ['pid', 'net', 'mnt', 'uts', 'ipc', 'cgroup', 'user'])
    assert.equal(fields.get(namespace), await said(host, 'readlink', `/proc/${pid}/ns/${namespace}`), namespace);
  const map = (await said(host, 'cat', `/proc/${pid}/uid_map`)).replace(/\s+/gu, ' ');
  assert.equal(fields.get('map'), map);
  assert.equal(fields.get('cwd'), '/');
  assert.equal(fields.get('tty'), 'yes');
  assert.doesNotMatch(fields.get('fds') ?? '7', /\b7\b/u);
  assert.equal(fields.get('variables'), 'HOME LOGNAME PATH PWD SHELL SHLVL TERM USER');
  assert.equal(fields.get('dollar'), 'a a b');
};

const settings = (name: string, ...lines: readonly string[]): readonly [string, readonly string[]] => [
  'sh',
  ['-c', 'file=$1; shift; printf "%s\\n" "$@" >"$file"', 'sh', `/etc/systemd/nspawn/${name}.nspawn`, ...lines],
];

const start = async (host: Host, name: string, ...lines: readonly string[]): Promise<void> => {
  await host.run('machinectl', ['clone', 'busybox', name]);
  await host.run(...settings(name, '[Exec]', 'Boot=yes', ...lines, '[Network]', 'VirtualEthernet=no', 'Private=yes'));
  assert.equal(await failureOf(host, { do: 'start', name }), undefined);
};

for (const suite of allSuites)
  await withHost(suite, (host) => {
    for (const [name, line] of [
      ['own', 'PrivateUsers=pick'],
      ['shared', 'PrivateUsers=no'],
    ] as const) {
      test(`beside an init in ${name} user namespace: its namespaces, its capabilities at most, nothing of ours`, async () => {
        await start(host(), name, line);
        const plan = await planOf(host(), name, { commandLine: report });
        assert.equal(plan.way, 'namespaces');
        const { exitCode, stdout } = await inTerminal(host(), plan);
        assert.equal(exitCode, 7, stdout);
        const fields = fieldsOf(stdout);
        await assertWithinLeader(host(), name, fields);
        await assertInside(host(), name, fields);
        assert.equal(fields.get('Uid'), '0 0 0 0');
      });

      test(`as another user of a machine in ${name} user namespace: without any capability`, async () => {
        const plan = await planOf(host(), name, {
          user: 'alice',
          commandLine: report,
        });
        const { exitCode, stdout } = await inTerminal(host(), plan);
        assert.equal(exitCode, 7, stdout);
        const fields = fieldsOf(stdout);
        await assertWithinLeader(host(), name, fields);
        assert.equal(fields.get('Uid'), '1000 1000 1000 1000');
        assert.equal(fields.get('Gid'), '1000 1000 1000 1000');
        assert.equal(BigInt(`0x${fields.get('CapEff') ?? ''}`), 0n);
      });
    }

    test('a shell opens as the login shell of its user', async () => {
      const { command } = await planOf(host(), 'own', { user: 'alice' });
      assert.deepEqual(command.args.slice(-2), ['/bin/sh', '-l']);
      assert.ok(command.args.includes('HOME=/home/alice'));
    });

    test('the users are those of the machine', async () => {
      const [result] = await act(host(), [{ do: 'readUsers', name: 'own' }]);
      const users = result?.value as readonly { readonly name: string }[];
      assert.deepEqual(
        users.map(({ name }) => name),
        ['root', 'alice'],
      );
      assert.equal(
        (await failureOf(host(), { do: 'openShell', name: 'own', request: { user: 'eve' } }))?.kind,
        'noSuchUser',
      );
    });

    test('a passwd that leads out of the machine is not read', async () => {
      const passwd = '/var/lib/machines/own/etc/passwd';
      await host().run('mv', [passwd, `${passwd}.kept`]);
      await host().run('ln', ['-s', '/etc/passwd', passwd]);
      const [result] = await act(host(), [{ do: 'readUsers', name: 'own' }]);
      await host().run('mv', [`${passwd}.kept`, passwd]);
      assert.deepEqual(result, {});
    });

    test('an init that may gain nothing has shells that may gain nothing', async () => {
      await start(host(), 'strict', 'PrivateUsers=pick', 'NoNewPrivileges=yes', 'DropCapability=CAP_NET_RAW');
      const { stdout } = await inTerminal(host(), await planOf(host(), 'strict', { commandLine: report }));
      const fields = fieldsOf(stdout);
      assert.equal(fields.get('NoNewPrivs'), '1');
      await assertWithinLeader(host(), 'strict', fields);
    });

    test('beside an init with too few capabilities nothing enters', async () => {
      await start(host(), 'weak', 'PrivateUsers=pick', 'DropCapability=CAP_SYS_ADMIN');
      assert.equal((await failureOf(host(), { do: 'openShell', name: 'weak' }))?.kind, 'cannotEnter');
    });

    test('a machine that has started anew since is not entered, nor whoever got its PID', async () => {
      const plan = await planOf(host(), 'own', { commandLine: 'echo entered; exit 7' });
      const stat = await said(host(), 'cat', `/proc/${await leader(host(), 'own')}/stat`);
      const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      const args = plan.command.args.map((argument) => (argument === startTime ? '1' : argument));
      assert.notDeepEqual(args, plan.command.args);
      const other = await inTerminal(host(), { ...plan, command: { ...plan.command, args } });
      assert.equal(other.exitCode, 1);
      assert.doesNotMatch(other.stdout, /entered/u);

      assert.equal((await inTerminal(host(), plan)).exitCode, 7);
      await host().run('systemctl', ['kill', '--signal=SIGKILL', 'systemd-nspawn@own.service']);
      assert.equal(await failureOf(host(), { do: 'start', name: 'own' }), undefined);
      assert.equal((await inTerminal(host(), plan)).exitCode, 1);
    });

    test('a machine with systemd and a bus opens the shell itself', async () => {
      assert.equal(await failureOf(host(), { do: 'start', name: 'debian' }), undefined);
      await machineBooted(host(), 'debian');
      const plan = await planOf(host(), 'debian', { commandLine: 'X=a; echo "dollar $X ${X} $(echo b)"; id -un' });
      assert.equal(plan.way, 'machineShell');
      const { stdout } = await inTerminal(host(), plan);
      assert.match(stdout, /dollar a a b\s+root/u);
    });
  });
