import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Run } from '../../../../src/machines/command.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { runsBusybox } from '../../../../src/machines/nspawn/operate/machineInit.ts';
import { rebootMachine } from '../../../../src/machines/nspawn/operate/rebootMachine.ts';
import { powerOffMachine, terminateMachine } from '../../../../src/machines/nspawn/operate/stopMachine.ts';
import type { OperationHost } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';

const leader = 94;
/** As systemd in a container blocks them, and as BusyBox catches SIGTSTP alone. */
const masks = { systemd: '7fefc1fe28014a03', busybox: '0000000000000000' } as const;

describe('the init of a machine', () => {
  const now: { root: string; ran: string[] } = { root: '', ran: [] };
  beforeEach(async () => {
    now.root = await mkdtemp(join(tmpdir(), 'machine-init-'));
    now.ran = [];
    await mkdir(join(now.root, 'machines'));
    await writeFile(join(now.root, 'machines/box'), '');
  });
  afterEach(() => rm(now.root, { recursive: true, force: true }));

  const makeLeader = async (comm: string, blocked: string, exe: string | undefined, pids = `${leader}\t1`) => {
    const directory = join(now.root, 'proc', String(leader));
    await mkdir(directory, { recursive: true });
    const fields = Array.from({ length: 40 }, (_, index) => String(index + 3));
    await writeFile(join(directory, 'stat'), `${leader} (${comm}) ${fields.join(' ')}`);
    await writeFile(join(directory, 'status'), `NSpid:\t${pids}\nSigBlk:\t${blocked}\nSigCgt:\t0000000000080000\n`);
    await writeFile(join(directory, 'uid_map'), '0 0 4294967295\n');
    if (exe !== undefined) await symlink(exe, join(directory, 'exe'));
  };

  /** machined's answers; the machine ends when something is sent to it that `ends`. */
  const hostWhere = (ends: (line: string) => boolean = () => false): OperationHost => {
    const run: Run = async (command) => {
      const line = [command.file, ...command.args].join(' ');
      now.ran.push(line);
      if (ends(line)) await rm(join(now.root, 'machines/box'), { force: true });
      const stdout = line.startsWith('machinectl show')
        ? `Leader=${leader}\nUnit=systemd-nspawn@box.service\n`
        : line === 'systemctl --version'
          ? 'systemd 257\n'
          : 'ActiveState=inactive\nJob=0\n';
      return command.parse({ exitCode: 0, stdout, stderr: '' });
    };
    const inventory = {
      machines: new Map(),
      images: new Map(),
      onDidChange: () => () => undefined,
      refresh: () => Promise.resolve(),
    };
    return {
      run,
      inventory,
      places: { proc: join(now.root, 'proc'), registered: join(now.root, 'machines'), journals: [] },
    };
  };

  const lineOf = ({ file, args }: { readonly file: string; readonly args: readonly string[] }): string =>
    [file, ...args].join(' ');
  const usr2 = 'machinectl kill --kill-whom=leader --signal=SIGUSR2 -- box';

  test('that is BusyBox is asked by its own signals, and the unit of it is stopped besides', async () => {
    await makeLeader('init', masks.busybox, '/bin/busybox');
    const host = hostWhere();
    assert.equal(await runsBusybox(host, 'box'), true);
    assert.equal(lineOf((await powerOffMachine(host, 'box')).command), usr2);
    const reboot = await rebootMachine(host, 'box');
    assert.equal(lineOf(reboot.command), 'machinectl kill --kill-whom=leader --signal=SIGTERM -- box');
    const terminate = await terminateMachine(host, 'box');
    assert.equal(lineOf(terminate.command), 'machinectl terminate -- box');
    assert.equal(terminate.first === undefined ? '' : lineOf(terminate.first), usr2);
  });

  test('that waits for what systemd knows is asked by machinectl, whatever its file is called', async () => {
    await makeLeader('init', masks.systemd, '/bin/busybox');
    const host = hostWhere();
    assert.equal(await runsBusybox(host, 'box'), false);
    assert.equal(lineOf((await powerOffMachine(host, 'box')).command), 'machinectl poweroff -- box');
    assert.equal((await terminateMachine(host, 'box')).first, undefined);
  });

  for (const [what, comm, exe, pids, expected] of [
    ['an init whose file this user may not see is taken for BusyBox', 'init', undefined, `${leader}\t1`, true],
    ['another file is not BusyBox, whatever the process calls itself', 'busybox', '/sbin/runit', `${leader}\t1`, false],
    ['nor is a PID that some other process has by now', 'init', '/bin/busybox', String(leader), false],
    ['a file that was replaced meanwhile is', 'init', '/bin/busybox (deleted)', `${leader}\t1`, true],
  ] as const)
    test(what, async () => {
      await makeLeader(comm, masks.busybox, exe, pids);
      assert.equal(await runsBusybox(hostWhere(), 'box'), expected);
    });

  test('is asked first, and its end is waited for by the state of the machine, not by an exit code', async () => {
    await makeLeader('init', masks.busybox, '/bin/busybox');
    const { signal } = new AbortController();
    const host = hostWhere((line) => line === 'machinectl terminate -- box');
    await performOperation(host.run, await terminateMachine(host, 'box'), signal);
    const acts = now.ran.filter((line) => /kill|terminate/u.test(line));
    assert.deepEqual(acts, [usr2, 'machinectl terminate -- box']);

    await writeFile(join(now.root, 'machines/box'), '');
    const deaf = hostWhere();
    await assert.rejects(
      performOperation(deaf.run, await powerOffMachine(deaf, 'box', 50), signal),
      (error) => error instanceof MachineError && error.failure.kind === 'didNotStop',
    );
  });
});
