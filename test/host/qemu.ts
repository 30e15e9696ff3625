/**
 * The same host as in host.ts, with a kernel of its own in a virtual machine: the memory, pids and io controllers of
 * cgroup v2 are there, and a real ssh server. It is emulated, so it boots in half a minute and everything takes ten times
 * as long: only for tests that need it.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeTree } from '../rig/cache.ts';
import { endWithParent } from '../rig/endWithParent.ts';
import { start } from '../rig/program.ts';
import type { ToolCommand } from '../rig/program.ts';
import { progress } from '../rig/progress.ts';
import type { Progress } from '../rig/progress.ts';
import type { Suite } from './boot/debootstrap.ts';
import { hostObstacle } from './boot/obstacle.ts';
import { ensureQemuDisk } from './boot/qemuDisk.ts';
import { defaultTimeoutMs, inHostCommand, runToEnd } from './boot/runInHost.ts';
import { runTool } from './boot/runTool.ts';
import { ensureTools, tool } from './boot/tools.ts';
import type { CommandHost } from './host.ts';

/** What is started for it. */
export const qemuTools = [
  ...(['qemu-system-x86_64', 'mmdebstrap', 'mke2fs', 'mkfs.btrfs'] as const),
  ...(['ssh', 'ssh-keygen', 'setpriv', 'chroot'] as const),
] as const;

/** Milliseconds. Alone it takes half a minute, on a machine that does much else twenty times as long. */
const bootMs = 900_000;

/** A kernel that panics while it boots in the emulation is not what is tested: it gets another try. */
const mostTries = 3;

/** systemd gives up on a disk after a minute and a half, in which a busy machine gets nowhere. */
const patience = 'systemd.default_device_timeout_sec=10min systemd.default_timeout_start_sec=10min';

/** Why no virtual machine can be started here, as a sentence; undefined when one can. */
export const qemuObstacle = async (): Promise<string | undefined> =>
  process.arch === 'x64' ? hostObstacle() : 'the virtual machine of the tests is an x86-64 one';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
};

/** Drives are written to temporary files that have no name, and are gone with the process. */
const qemuArguments = (disk: string, pool: string, serial: string, port: number): string[] => [
  // Without cx16 off, the emulation of QEMU 7.2 corrupts a flag after cmpxchg16b, and kernels since 6.12 panic at random.
  // One processor: of two, one at times still runs the int3 that the other has patched away already, and the kernel panics.
  ...['-accel', 'tcg', '-cpu', 'max,-cx16', '-m', '2G', '-smp', '1'],
  ...['-nodefaults', '-display', 'none', '-serial', `file:${serial}`, '-no-reboot'],
  ...['-kernel', join(disk, 'kernel')],
  ...['-append', `root=/dev/nvme0n1 rw console=ttyS0 quiet panic=-1 mitigations=off ${patience}`],
  // Debian's kernel needs a module for every other disk, and so an initrd, which takes longer than all of the kernel.
  ...['-drive', `file=${join(disk, 'disk.img')},if=none,id=root,format=raw,snapshot=on`],
  ...['-device', 'nvme,serial=root,drive=root'],
  ...['-drive', `file=${pool},if=virtio,format=raw,cache=unsafe`],
  // The Node that runs this process, for `installNode`: quicker than over ssh.
  ...['-drive', `file=${process.execPath},if=virtio,format=raw,snapshot=on`],
  ...['-netdev', `user,id=n0,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`, '-device', 'virtio-net-pci,netdev=n0'],
  ...['-device', 'virtio-rng-pci'],
];

/** A child that the kernel kills with this process; its output goes to a file. */
const spawnLeashed = async (command: ToolCommand, logFile: string): Promise<ChildProcess> => {
  const log = await open(logFile, 'a');
  const [name, ...args] = command;
  const leash = ['--pdeathsig', 'KILL', await tool(name), ...args];
  const child = start(await tool('setpriv'), leash, { stdio: ['ignore', log.fd, log.fd] });
  await once(child, 'spawn');
  await log.close();
  return child;
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const end = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
};

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Where `installNode` puts it. */
const nodePath = '/usr/local/bin/node';

/** Copies the Node of this process into a virtual machine, and returns where it is there. */
export const installNode = async (host: CommandHost): Promise<string> => {
  // Zeros at the end, up to a whole sector, do not harm a program.
  const copy = 'cat /dev/vdb >"$1" && chmod 755 "$1"';
  const { exitCode, stderr } = await host.run('sh', ['-c', copy, 'sh', nodePath]);
  if (exitCode !== 0) throw new Error(stderr);
  return nodePath;
};

/**
 * Boots a virtual machine; the first time its disk is built into the cache.
 * @throws Error when something it needs cannot be had, or with its console when it does not boot
 */
export const startQemuHost = async (suite: Suite, report: Progress = progress): Promise<CommandHost> => {
  await ensureTools(qemuTools, 'for a systemd host in a virtual machine', report);
  const disk = await ensureQemuDisk(suite, report);
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-qemu-'));
  const callOff = endWithParent(undefined, [directory]);
  const file = (name: string): string => join(directory, name);
  const pool = file('pool.img');
  const port = await freePort();
  const log = file('log');
  const destination = ['-o', `ControlPath=${file('control')}`, 'root@127.0.0.1'];
  const master: ToolCommand = ['ssh', '-q', '-M', '-N', '-i', join(disk, 'id'), '-p', String(port)];
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'ConnectTimeout=5', 'BatchMode=yes'];
  const running: { qemu?: ChildProcess; master?: ChildProcess } = {};
  const endAll = async (): Promise<void> => {
    if (running.master !== undefined) await end(running.master);
    if (running.qemu !== undefined) await end(running.qemu);
  };

  const host: CommandHost = {
    suite,
    run: (program, args = [], runOptions = {}) => {
      const timeoutMs = runOptions.timeoutMs ?? defaultTimeoutMs;
      // The command is ended in there; ending ssh alone would leave it running.
      const limit = ['timeout', '--kill-after=1', String(timeoutMs / 1000)];
      const line = [...limit, ...inHostCommand(program, args, runOptions)].map(quote).join(' ');
      return runToEnd(['ssh', '-q', ...destination, line], { ...runOptions, timeoutMs: timeoutMs + 10_000 });
    },
    stop: async () => {
      await endAll();
      callOff();
      await removeTree(directory);
    },
  };
  /** Whether it runs; false when it has ended by itself. */
  const boot = async (deadline: number): Promise<boolean> => {
    await rm(pool, { force: true });
    await runTool('truncate', ['-s', '8G', pool]);
    await runTool('mkfs.btrfs', ['-q', pool]);
    const qemu = await spawnLeashed(['qemu-system-x86_64', ...qemuArguments(disk, pool, file('serial'), port)], log);
    running.qemu = qemu;
    while (!hasEnded(qemu) && performance.now() < deadline) {
      if (running.master === undefined || hasEnded(running.master))
        running.master = await spawnLeashed(
          [...master, ...options.flatMap((option) => ['-o', option]), ...destination],
          log,
        );
      // Asked again and again, it would keep the processor from what it waits for.
      const { stdout } = await host.run('systemctl', ['is-system-running', '--wait'], { timeoutMs: 60_000 });
      if (['running', 'degraded'].includes(stdout.trim())) return true;
      await sleep(500);
    }
    await endAll();
    return false;
  };
  const bootInTheEnd = async (): Promise<void> => {
    const deadline = performance.now() + bootMs;
    for (let tries = 1; !(await boot(deadline)); tries += 1) {
      const said = await readFile(log, 'utf8');
      const serial = await readFile(file('serial'), 'utf8').catch(() => '');
      if (tries === mostTries || performance.now() > deadline)
        throw new Error(`the virtual machine did not boot:\n${said}${serial.slice(-2000)}`);
      report.say(`the virtual machine ended while it booted, and is started again: ${serial.slice(-200).trim()}`);
    }
    // It is open, so it needs no name any more, and goes with the process.
    await rm(pool, { force: true });
    await host.run('btrfs', ['quota', 'enable', '/var/lib/machines']);
  };
  try {
    await report.step(`booting the ${suite} host in QEMU`, bootInTheEnd);
  } catch (error) {
    await host.stop();
    throw error;
  }
  return host;
};
