import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import type { ProcessFacts } from '../../../../src/machines/host/process.ts';
import { parseProcess } from '../../../../src/machines/host/process.ts';
import { askSystemdInside, findAttachWay, listensForBus } from '../../../../src/machines/nspawn/attach/attachWay.ts';
import { hasCapability, setprivSet } from '../../../../src/machines/nspawn/attach/capabilities.ts';
import type { MachineEntry } from '../../../../src/machines/nspawn/attach/enterArguments.ts';
import {
  asServiceWithoutBus,
  asTransientService,
  canAudit,
  enterArguments,
  escapeVariables,
} from '../../../../src/machines/nspawn/attach/enterArguments.ts';
import { guardWords } from '../../../../src/ui/entryWords.ts';
import { l10n } from '../../ui/l10n.ts';
import { executeSync, presentTool } from '../../../rig/program.ts';
import { findLeader } from '../../../../src/machines/nspawn/attach/leader.ts';
import { type Answer, createFakeMachine, type FakeMachine, isFailure, lineOf } from './fakeMachine.ts';
import { recordingsOf, suites } from './recordings.ts';

const factsOf = (suite: (typeof suites)[number], name: string): ProcessFacts => {
  const { processFile } = recordingsOf(suite);
  const facts = parseProcess(processFile(name, 'stat'), processFile(name, 'status'), processFile(name, 'uid_map'));
  assert.ok(facts !== undefined);
  return facts;
};

for (const suite of suites) {
  describe(`processes on ${suite}`, () => {
    test('PID 1 of a machine', () => {
      const busybox = factsOf(suite, 'busybox');
      assert.equal(busybox.comm, 'init');
      assert.equal(busybox.pids.at(-1), 1);
      assert.equal(busybox.uidMap, '0 0 4294967295');
      assert.equal(busybox.filtered, true);
      // What systemd-nspawn keeps from a machine: loading modules is not among the rest.
      assert.equal(hasCapability(busybox.bounding, 16), false);
      assert.equal(hasCapability(busybox.bounding, 21), true);
      const debian = factsOf(suite, 'debian');
      assert.equal(debian.comm, 'systemd');
      assert.match(debian.uidMap, /^0 \d+ 65536$/u);
      assert.notEqual(debian.startTime, busybox.startTime);
    });

    test('where a bus listens', () => {
      assert.equal(listensForBus(recordingsOf(suite).processFile('debian', 'net/unix')), true);
    });
  });
}

test('a connection to a bus is no bus', () => {
  const line = (flags: string, path: string): string => `0000: 00000002 00000000 ${flags} 0001 01 37474 ${path}`;
  assert.equal(listensForBus(line('00010000', '/run/dbus/system_bus_socket')), true);
  assert.equal(listensForBus(line('00000000', '/run/dbus/system_bus_socket')), false);
  assert.equal(listensForBus(line('00010000', '/tmp/x /run/dbus/system_bus_socket2')), false);
});

test('a process may call itself what it likes', () => {
  const fields = Array.from({ length: 50 }, (_, index) => String(index + 3));
  const facts = parseProcess(`7 (a) S 1 (b)) ${fields.join(' ')}`, 'NSpid:\t7\t1\n', '');
  assert.deepEqual([facts?.comm, facts?.startTime], ['a) S 1 (b)', '22']);
  assert.equal(parseProcess('', '', ''), undefined);
});

test('a set of capabilities by number', () => {
  assert.equal(setprivSet(0n), '-all');
  assert.equal(setprivSet(0b1000_0000_0001n), '-all,+cap_0,+cap_11');
  assert.equal(setprivSet(1n << 40n), '-all,+cap_40');
});

const entry = (more: Partial<MachineEntry> = {}): MachineEntry => ({
  leader: 42,
  facts: { startTime: '777', permitted: 0xffn, bounding: 0xf0n, noNewPrivileges: false, filtered: true },
  ownUserNamespace: true,
  user: undefined,
  environment: { TERM: 'xterm', HOME: '/root' },
  argv: ['/bin/sh', '-l'],
  hidden: [],
  words: guardWords(l10n),
  ...more,
});

/** In the order in which the guard takes them. */
const sentences = Object.values({ ...guardWords(l10n) });

const afterGuard = (args: readonly string[]): readonly string[] => args.slice(4);

test('with a user namespace the capabilities are cut between two steps, and files and processes come last', () => {
  assert.deepEqual(afterGuard(enterArguments(entry())), [
    ...['42', '777', 'own', ...sentences, '0'],
    ...['nsenter', '--target=42', '--user', '--uts', '--ipc', '--net', '--cgroup', '--'],
    ...['setpriv', '--clear-groups', '--bounding-set=-all,+cap_4,+cap_5,+cap_6,+cap_7', '--inh-caps=-all', '--'],
    ...['env', '-i', 'TERM=xterm', 'HOME=/root'],
    ...['nsenter', '--target=42', '--mount', '--root', '--pid', '--', '/bin/sh', '-l'],
  ]);
});

test('without a user namespace they are cut before anything is entered', () => {
  const args = afterGuard(enterArguments(entry({ ownUserNamespace: false, user: { uid: 33, gid: 34 } })));
  assert.deepEqual(args.slice(0, 11), ['42', '777', 'shared', ...sentences, '0', 'setpriv']);
  assert.equal(args.filter((argument) => argument === 'nsenter').length, 1);
  assert.ok(!args.includes('--user'));
  assert.deepEqual(args.slice(-5), ['--setuid=33', '--setgid=34', '--', '/bin/sh', '-l']);
});

test('what the leader may never gain, the shell may not either', () => {
  const facts = { ...entry().facts, noNewPrivileges: true };
  assert.ok(enterArguments(entry({ facts })).includes('--no-new-privs'));
  assert.ok(!enterArguments(entry()).includes('--no-new-privs'));
});

test('the text of the guard is constant: nothing of the machine is part of it', () => {
  const one = enterArguments(entry())[2];
  assert.equal(enterArguments(entry({ leader: 1, argv: ['$(x)'], environment: { A: '`x`' } }))[2], one);
});

interface Seen {
  /** The name of the leader, and the line of its control group. */
  readonly comm?: string;
  readonly group?: string;
}

/** Runs the guard where directories of our own stand for those of the kernel; what it said, and the group it went to. */
const guarded = ({ comm = 'init', group = '0::/' }: Seen, groups: readonly string[]): readonly string[] => {
  const root = mkdtempSync(join(tmpdir(), 'guard-'));
  try {
    const inRoot = (...names: readonly string[]): string => join(root, ...names);
    for (const process of ['42', 'self']) {
      mkdirSync(inRoot('proc', process, 'ns'), { recursive: true });
      symlinkSync('user:[1]', inRoot('proc', process, 'ns', 'user'));
    }
    const fields = Array.from({ length: 18 }, (_, index) => String(index));
    writeFileSync(inRoot('proc', '42', 'stat'), `42 (${comm}) S ${fields.join(' ')} 777 0\n`);
    writeFileSync(inRoot('proc', '42', 'cgroup'), `${group}\n`);
    writeFileSync(inRoot('proc', 'self', 'cgroup'), '0::/\n');
    for (const name of ['', ...groups]) {
      mkdirSync(inRoot('groups', name), { recursive: true });
      writeFileSync(inRoot('groups', name, 'cgroup.procs'), '');
    }
    const [, , text = ''] = enterArguments(entry());
    const script = text.replaceAll('/proc/', `${root}/proc/`).replaceAll('/sys/fs/cgroup', `${root}/groups`);
    const said = executeSync(presentTool('sh'), [
      '-c',
      script,
      'sh',
      '42',
      '777',
      'shared',
      ...sentences,
      '0',
      'echo',
      'entered',
    ]);
    const entered = groups.filter((name) => readFileSync(inRoot('groups', name, 'cgroup.procs'), 'utf8') !== '');
    return [said.trim(), ...entered];
  } finally {
    rmSync(root, { recursive: true });
  }
};

test('the guard lets a shell in whatever the leader calls itself', () => {
  for (const comm of ['init', 'a) S 1 (b', 'a\nb', 'a\n1) S 2\n', '\n'])
    assert.deepEqual(guarded({ comm }, []), ['entered'], comm);
});

test('the guard puts a shell into the group of the leader whatever that is called, and only refuses one that lies outside', () => {
  for (const group of ['web', '..x', '...', '..x/y', 'a:b', 'web:', ' web '])
    assert.deepEqual(guarded({ group: `0::/${group}` }, [...new Set(['web', group])]), ['entered', group], group);
  for (const group of ['/..', '/../web']) assert.throws(() => guarded({ group: `0::${group}` }, ['web']), group);
});

test('systemd is kept from replacing variables', () => {
  assert.equal(escapeVariables('a $b ${c} $$'), 'a $$b $${c} $$$$');
  const service = asTransientService(['/bin/sh', '-c', 'echo $X'], { title: 'web', stdio: 'pipe', confinement: [] });
  assert.equal(service.args.at(-1), 'echo $$X');
  assert.ok(service.args.includes('--pipe'));
  assert.ok(!service.args.some((argument) => argument.includes('SystemCallFilter')));
});

test('with the bus and without it a shell is held by the same properties', () => {
  const service = { title: 'web', confinement: ['LimitNOFILE=1:2', 'SystemCallFilter=@default'] };
  const propertiesOf = ({ args }: { readonly args: readonly string[] }): ReadonlySet<string> =>
    new Set(args.filter((argument) => argument.startsWith('--property=')));
  const withBus = asTransientService(['true'], { ...service, stdio: 'pty' });
  const withoutBus = asServiceWithoutBus(['true'], service);
  assert.ok(propertiesOf(withBus).has('--property=ProtectSystem=strict'));
  for (const property of propertiesOf(withBus)) assert.ok(propertiesOf(withoutBus).has(property), property);
  // Each of these needs the bus.
  for (const option of ['--wait', '--pty', '--pipe']) assert.ok(!withoutBus.args.includes(option));
});

test("the host's audit log is out of reach without a user namespace, unless that would keep the shell from entering", () => {
  const auditWrite = 1n << 29n;
  const sysPtrace = 1n << 19n;
  const boundingSetOf = (set: bigint, ownUserNamespace: boolean): string | undefined =>
    enterArguments(entry({ ownUserNamespace, facts: { ...entry().facts, bounding: set, permitted: set } })).find(
      (argument) => argument.startsWith('--bounding-set='),
    );
  assert.equal(boundingSetOf(auditWrite | sysPtrace, false), '--bounding-set=-all,+cap_19');
  assert.equal(boundingSetOf(auditWrite | sysPtrace, true), '--bounding-set=-all,+cap_19,+cap_29');
  assert.equal(boundingSetOf(auditWrite, false), '--bounding-set=-all,+cap_29');
  const facts = { ...entry().facts, bounding: auditWrite, permitted: auditWrite };
  assert.equal(canAudit({ facts, ownUserNamespace: false }), true);
  assert.equal(canAudit({ facts, ownUserNamespace: true }), false);
});

test('files that only root may look for are handed to the step that root does', () => {
  const args = enterArguments(entry({ hidden: ['/var/lib/machines/web.nspawn'] }));
  assert.deepEqual(afterGuard(args).slice(8, 12), [sentences.at(-1), '1', '/var/lib/machines/web.nspawn', 'nsenter']);
});

describe('which way leads into a machine', () => {
  const made: FakeMachine[] = [];
  const { getuid } = process;
  const beUser = (uid: number): void => void Object.assign(process, { getuid: () => uid });
  afterEach(() => {
    Object.assign(process, { getuid });
    for (const machine of made.splice(0)) machine.remove();
  });

  const inside = lineOf(askSystemdInside('box'));
  const listening = '0000: 00000002 00000000 00010000 0001 01 37474 /run/dbus/system_bus_socket\n';
  const machineWith = (
    comm: string,
    { sockets = listening, uidMap = '0 0 4294967295' } = {},
    answer: (line: string) => Answer = () => '',
  ): FakeMachine => {
    const machine = createFakeMachine((line) =>
      line.startsWith('machinectl show') ? 'Leader=94\nUnit=systemd-nspawn@box.service\n' : answer(line),
    );
    made.push(machine);
    machine.register();
    machine.writeProcess(94, comm, { sockets, uidMap });
    return machine;
  };
  const wayInto = async ({ host }: FakeMachine): Promise<string> => {
    const { pid, facts } = await findLeader(host, 'box');
    return findAttachWay(host, 'box', pid, facts);
  };

  test('the systemd inside, where it answers: a bus that listens may be that of the host', async () => {
    beUser(0);
    const answers = machineWith('systemd');
    assert.equal(await wayInto(answers), 'machineShell');
    assert.ok(answers.seen.includes(inside));
    assert.equal(await wayInto(machineWith('systemd', {}, (line) => (line === inside ? 1 : ''))), 'namespaces');
    const isBusless = (line: string): Answer => (line.startsWith('busctl') && line !== inside ? 1 : '');
    assert.equal(await wayInto(machineWith('systemd', {}, isBusless)), 'namespaces');
  });

  test('no other user can ask inside, and what listens has to do', async () => {
    beUser(1000);
    const machine = machineWith('systemd');
    assert.equal(await wayInto(machine), 'machineShell');
    assert.ok(!machine.seen.includes(inside));
  });

  test('no systemd, or none that has a bus after a while, means beside it, and asks nobody', async () => {
    beUser(0);
    for (const machine of [machineWith('init'), machineWith('systemd', { sockets: '' })]) {
      assert.equal(await wayInto(machine), 'namespaces');
      assert.ok(!machine.seen.includes(inside));
    }
  });

  test('the leader is not one that is still a copy of systemd-nspawn, and its user namespace is told from that of the host', async () => {
    await assert.rejects(findLeader(machineWith('systemd-nspawn').host, 'box'), isFailure('cannotEnter'));
    assert.equal((await findLeader(machineWith('init').host, 'box')).ownUserNamespace, false);
    const uidMap = '         0     131072      65536';
    assert.equal((await findLeader(machineWith('init', { uidMap }).host, 'box')).ownUserNamespace, true);
  });
});

test('the unit of a shell is called after its machine, whatever that is called, and two of one machine differ', () => {
  const unitOf = (title: string): string => {
    const { args } = asTransientService(['true'], { title, stdio: 'pty', confinement: [] });
    return args.find((argument) => argument.startsWith('--unit='))?.slice('--unit='.length) ?? '';
  };
  assert.match(unitOf('web.1'), /^nspawn-shell-web\.1-[0-9a-f]{6}$/u);
  assert.notEqual(unitOf('web'), unitOf('web'));
  assert.match(unitOf('a b/c@d $(x)\n'), /^nspawn-shell-[\w.-]+$/u);
  assert.ok(unitOf('x'.repeat(300)).length < 100);
});
