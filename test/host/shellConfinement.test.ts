import assert from 'node:assert/strict';
import type { ShellPlan } from '../../src/machines/entry.ts';
import { describe, test } from 'node:test';
import { act, failureOf } from './act.ts';
import { hostObstacle } from './boot/obstacle.ts';
import { v1Obstacle } from './boot/v1Hierarchies.ts';
import type { Host } from './host.ts';
import { buildProgram } from './programs/buildProgram.ts';
import { inTerminal } from './terminal.ts';
import { allSuites, withHost } from './withHost.ts';

const probe = (await hostObstacle()) === undefined ? await buildProgram('probe') : undefined;

const place = '/srv/probe';
const binds = probe === undefined ? [] : [{ source: probe, target: place }];

/** What the probe has said, by what it has looked at; the system calls among it by what came of them. */
type Answers = ReadonlyMap<string, string>;

const answersOf = (text: string): Answers =>
  new Map(
    text
      .split(/\r?\n/u)
      .map((line) => /^\W*((?:status|limit|oom|group|device|audit|call) ?[^:]*):\s*(.*)$/u.exec(line.trim()))
      .flatMap((match) => (match === null ? [] : [[match[1] ?? '', match[2] ?? '']])),
  );

const writeSettings = async (host: Host, name: string, lines: readonly string[]): Promise<void> => {
  const text = ['[Exec]', 'Boot=yes', ...lines, '[Network]', 'VirtualEthernet=no', 'Private=yes', ''].join('\n');
  const write = 'mkdir -p /etc/systemd/nspawn; cat >"/etc/systemd/nspawn/$1.nspawn"';
  assert.equal((await host.run('sh', ['-c', write, 'sh', name], { input: text })).exitCode, 0);
};

const probeLine = '/probe >/run/part; mv /run/part /run/answers';

/** An image whose init runs the probe while it boots, or what that line says. */
const makeImage = async (host: Host, name: string, line = probeLine): Promise<void> => {
  await host.run('machinectl', ['clone', 'busybox', name]);
  const tree = `/var/lib/machines/${name}`;
  const prepare = 'cp "$1/probe" "$2/probe"; echo "$3" >>"$2/etc/rc"';
  assert.equal((await host.run('sh', ['-ec', prepare, 'sh', place, tree, line])).exitCode, 0);
};

const answersOfInit = async (host: Host, name: string): Promise<Answers> => {
  const wait =
    'until cat "/proc/$(machinectl show -p Leader --value "$1")/root/run/answers"; do sleep 0.1; done 2>/dev/null';
  return answersOf((await host.run('sh', ['-c', wait, 'sh', name])).stdout);
};

const start = async (host: Host, name: string, lines: readonly string[]): Promise<Answers> => {
  await makeImage(host, name);
  await writeSettings(host, name, lines);
  assert.equal(await failureOf(host, { do: 'start', name }), undefined);
  return answersOfInit(host, name);
};

/** By a command line of its own, without a settings file. */
const startByHand = async (host: Host, name: string, options: readonly string[]): Promise<Answers> => {
  await makeImage(host, name);
  // The clone has brought one.
  await host.run('rm', [`/etc/systemd/nspawn/${name}.nspawn`]);
  const unit = [
    `--unit=${name}`,
    '--slice=machine.slice',
    '--property=Delegate=yes',
    '--setenv=SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1',
  ];
  const machine = ['--quiet', '--keep-unit', '--boot', '--private-network', `--directory=/var/lib/machines/${name}`];
  const { exitCode, stderr } = await host.run('systemd-run', [...unit, '--', 'systemd-nspawn', ...machine, ...options]);
  assert.equal(exitCode, 0, stderr);
  return answersOfInit(host, name);
};

const planOf = async (host: Host, name: string, commandLine: string): Promise<ShellPlan> => {
  const [result] = await act(host, [{ do: 'openShell', name, request: { commandLine } }]);
  assert.equal(result?.failure, undefined);
  return result?.value as ShellPlan;
};

/** Into a file, because the last line of a terminal may be lost. */
const probed = async (host: Host, name: string, plan: ShellPlan): Promise<Answers> => {
  const { stdout } = await inTerminal(host, plan);
  const read = 'cat "/proc/$(machinectl show -p Leader --value "$1")/root/run/shell"';
  const answers = answersOf((await host.run('sh', ['-c', read, 'sh', name])).stdout);
  assert.ok(answers.has('call listmount'), stdout);
  return answers;
};

const refusals = new Set(['1', '38']);

/** Whether `shell` is more than `machine` had: for capabilities, limits, devices, audit and system calls each in its way. */
const isMore = (what: string, machine: string, shell: string): boolean => {
  if (what.startsWith('status Cap')) return (BigInt(`0x${shell}`) & ~BigInt(`0x${machine}`)) !== 0n;
  if (/^(?:status|oom|group)/u.test(what)) return shell !== machine;
  const [ofMachine, ofShell] = [machine, shell].map((answer) => answer.split(' '));
  if (what.startsWith('limit'))
    return (ofShell ?? []).some((value, index) => BigInt(value) > BigInt(ofMachine?.[index] ?? 0));
  if (what.startsWith('device'))
    return (ofShell ?? []).some((value, index) => value === '0' && ofMachine?.[index] !== '0');
  if (what.startsWith('audit')) return shell === '0' && machine !== '0';
  return refusals.has(machine) && !refusals.has(shell);
};

const more = (machine: Answers, shell: Answers): readonly string[] =>
  [...machine]
    .filter(([what, answer]) => isMore(what, answer, shell.get(what) ?? 'missing'))
    .map(([what, answer]) => `${what}: ${answer} in the machine, ${shell.get(what) ?? 'missing'} in the shell`);

/** Versions differ in these; a shell does without them everywhere. */
const doneWithout = new Set(['add_key', 'request_key', 'keyctl', 'cachestat'].map((name) => `call ${name}`));

/** What the machine may call and the shell may not. */
const less = (machine: Answers, shell: Answers): readonly string[] =>
  [...machine].flatMap(([what, answer]) =>
    what.startsWith('call') && !doneWithout.has(what) && isMore(what, shell.get(what) ?? '', answer) ? what : [],
  );

/**
 * `@clock` and `@memlock`, as far as the probe calls them: a loose machine has the capabilities they belong to, but in a user
 * namespace these are of no use, and a shell does without.
 */
const ofNoUse = ['clock_settime', 'settimeofday', 'adjtimex', 'clock_adjtime', 'mlock', 'mlockall'].map(
  (name) => `call ${name}`,
);

const kinds: readonly (readonly [string, readonly string[]])[] = [
  ['plain', []],
  [
    'tight',
    [
      'NoNewPrivileges=yes',
      'DropCapability=CAP_SYS_PTRACE CAP_SYS_BOOT',
      'SystemCallFilter=~chown @aio',
      'LimitNOFILE=64:128',
      'LimitCORE=0',
      'LimitMEMLOCK=4096',
    ],
  ],
  [
    'loose',
    ['Capability=CAP_SYS_TIME CAP_IPC_LOCK', 'SystemCallFilter=perf_event_open add_key', 'SystemCallFilter=~io_setup'],
  ],
];

for (const suite of allSuites)
  await withHost(
    suite,
    (host) => {
      for (const users of ['pick', 'no'])
        for (const [kind, lines] of kinds) {
          const name = `${kind}-${users}`;
          test(`a shell in a ${kind} machine with PrivateUsers=${users} may do nothing that the machine may not`, async () => {
            // In a user namespace systemd-nspawn cannot set it.
            const score = users === 'no' && kind === 'tight' ? ['OOMScoreAdjust=300'] : [];
            const machine = await start(host(), name, [`PrivateUsers=${users}`, ...lines, ...score]);
            assert.ok(machine.size > 100);
            const plan = await planOf(host(), name, '/probe >/run/shell');
            const audits = kind === 'tight' && users === 'no';
            assert.deepEqual(
              plan.doubts.map(({ kind }) => kind),
              audits ? ['auditLog'] : [],
            );
            const shell = await probed(host(), name, plan);
            const found = more(machine, shell).filter((line) => !audits || !line.startsWith('audit'));
            assert.deepEqual(found, []);
            const expected = kind === 'loose' && users === 'pick' ? ofNoUse : [];
            assert.deepEqual(less(machine, shell), expected);
          });
        }

      test('a machine that was started by a command line is held by what that says', async () => {
        const machine = await startByHand(host(), 'byhand', ['--system-call-filter=~chown @aio', '--rlimit=NOFILE=64']);
        const plan = await planOf(host(), 'byhand', '/probe >/run/shell');
        assert.deepEqual(plan.doubts, []);
        const shell = await probed(host(), 'byhand', plan);
        assert.equal(machine.get('call chown'), '1');
        assert.deepEqual(more(machine, shell), []);
        await writeSettings(host(), 'other', []);
        const { doubts } = await planOf(host(), 'byhand', 'true');
        assert.ok(doubts.some(({ kind }) => kind === 'filesCameOrWent'));
      });

      test('settings that have changed since the start are a doubt', async () => {
        await writeSettings(host(), 'loose-no', ['PrivateUsers=no']);
        const { doubts } = await planOf(host(), 'loose-no', 'true');
        const [doubt, ...others] = doubts;
        assert.deepEqual(others, []);
        assert.equal(doubt?.kind, 'fileChanged');
        assert.match(doubt.path, /loose-no\.nspawn$/u);
      });

      test('system calls that only root can read about are not given away', async () => {
        await host().run('sh', ['-c', 'mv /etc/systemd/nspawn/plain-no.nspawn /var/lib/machines/']);
        const [result] = await act(
          host(),
          // systemd-run of 252 may lose what is said right before the end.
          [{ do: 'openShell', name: 'plain-no', request: { commandLine: 'echo in; sleep 1' } }],
          'tester',
        );
        const plan = result?.value as ShellPlan;
        assert.match((await inTerminal(host(), plan)).stdout, /^\W*in\b/mu);
        await host().run('sh', ['-c', 'echo "SystemCallFilter=~@mount" >>/var/lib/machines/plain-no.nspawn']);
        const refused = await inTerminal(host(), plan);
        assert.equal(refused.exitCode, 1);
        assert.match(refused.stdout, /forbid system calls/u);
      });
    },
    { binds },
  );

/** The parts of hierarchies of v1 that the host has (see `HostOptions.v1`). */
const v1 = '/srv/cgroup-v1';

/** Puts all of a machine into one group of each hierarchy of v1, as systemd does on a hybrid host, with limits that tell it from the others. */
const holdInV1 = `unit=$(machinectl show -p Unit --value "$1")
for hierarchy in ${v1}/*; do
  mkdir -p "$hierarchy/held/$1"
  find "/sys/fs/cgroup$(systemctl show -p ControlGroup --value "$unit")" -name cgroup.procs -exec cat {} + |
    while read -r process; do echo "$process" 2>/dev/null >"$hierarchy/held/$1/cgroup.procs" || ! [ -e "/proc/$process" ]; done
done
echo "c 1:3 m" >"${v1}/devices/held/$1/devices.deny"
echo 40 >"${v1}/pids/held/$1/pids.max"
echo 64M >"${v1}/memory/held/$1/memory.limit_in_bytes"
touch "/proc/$(machinectl show -p Leader --value "$1")/root/run/go"`;

/** Where a host that systemd has made has them. */
const mountAsSystemdDoes = `for hierarchy in ${v1}/*; do
  place=/sys/fs/cgroup/\${hierarchy##*/}
  mkdir "$place"
  mount --bind "$hierarchy" "$place"
done`;

/** More memory and more processes than the machine may have; then it says what came of both. */
const greedy = `head -c 200000000 /dev/zero | tail -c 100000000 >/dev/null; echo "tail $?" >/run/memory
for turn in $(seq 60); do sleep 5 & done 2>/run/forks`;

const obstacle = v1Obstacle();

for (const suite of allSuites)
  await describe('on a hybrid host', obstacle === undefined ? {} : { skip: obstacle }, async () => {
    if (obstacle !== undefined) return;
    await withHost(
      suite,
      (host) => {
        const must = async (script: string, ...args: readonly string[]): Promise<string> => {
          const { exitCode, stdout, stderr } = await host().run('sh', ['-ec', script, 'sh', ...args]);
          assert.equal(exitCode, 0, stderr);
          return stdout.trim();
        };
        const startHeld = async (name: string, users: string): Promise<Answers> => {
          await makeImage(host(), name, `(until [ -e /run/go ]; do sleep 0.1; done; ${probeLine}) &`);
          await writeSettings(host(), name, [`PrivateUsers=${users}`]);
          assert.equal(await failureOf(host(), { do: 'start', name }), undefined);
          await must(holdInV1, name);
          return answersOfInit(host(), name);
        };

        test('nobody enters where a hierarchy of v1 cannot be reached', async () => {
          await startHeld('elsewhere', 'no');
          const plan = await planOf(host(), 'elsewhere', 'echo entered');
          const { exitCode, stdout } = await inTerminal(host(), plan);
          assert.equal(exitCode, 1);
          assert.doesNotMatch(stdout, /entered/u);
          assert.match(stdout, /\/sys\/fs\/cgroup\/\w+\/held\/elsewhere/u);
        });

        for (const users of ['pick', 'no'])
          test(`a shell is held by every hierarchy of v1 as its machine is, with PrivateUsers=${users}`, async () => {
            await must(`mountpoint -q /sys/fs/cgroup/memory || { ${mountAsSystemdDoes}; }`);
            const name = `held-${users}`;
            const machine = await startHeld(name, users);
            const groups = [...machine].flatMap(([what, group]) => (what.startsWith('group') ? group : []));
            for (const controller of ['memory', 'pids', 'devices'])
              assert.ok(groups.includes(`${controller}:/held/${name}`), groups.join(' '));
            assert.equal(machine.get('device null')?.split(' ')[0], '1', machine.get('device null') ?? '');
            const plan = await planOf(host(), name, '/probe >/run/shell');
            assert.deepEqual(plan.doubts, []);
            const shell = await probed(host(), name, plan);
            assert.deepEqual(more(machine, shell), []);

            await inTerminal(host(), await planOf(host(), name, greedy));
            const run = `/proc/${await must('machinectl show -p Leader --value "$1"', name)}/root/run`;
            assert.match(await must(`cat ${run}/forks`), /fork|unavailable/u);
            assert.equal(await must(`cat ${run}/memory`), 'tail 137');
          });
      },
      { binds, v1: true },
    );
  });
