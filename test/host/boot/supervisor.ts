/**
 * Boots one host, and takes it away again. Run as `unshare --mount --propagation private node supervisor.ts TASK`.
 *
 * Everything that the host needs of this machine is held by this process, so that nothing is left when anything dies:
 * - all mounts are in its private mount namespace, which ends with it; the pool's file has no name any more, so its loop
 *   device and its blocks go with the mount;
 * - standard input is the leash: it closes when the test process ends in whatever way, and then the host is ended;
 * - all its processes are in a pid namespace whose first one the kernel kills when this process is killed.
 * Only cgroups without processes can survive a SIGKILL of this process; the next supervisor removes them.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from '../../rig/processIdentity.ts';
import { start } from '../../rig/program.ts';
import { makeCgroup, makeV1Cgroup, removeCgroups, removeStaleCgroups } from './hostCgroup.ts';
import type { HostCgroup } from './hostCgroup.ts';
import { runTool } from './runTool.ts';
import { v1Directory } from './supervisorMessages.ts';
import type { Bind, SupervisorMessage, SupervisorTask } from './supervisorMessages.ts';
import { tool } from './tools.ts';
import { v1Mounts } from './v1Hierarchies.ts';

const cgroupRoot = '/sys/fs/cgroup';
const state = '/mnt';

const tell = (message: SupervisorMessage): void => {
  process.stdout.write(`${JSON.stringify(message)}\n`);
};

/** The roots of this machine's v1 hierarchies, seen at a place that stays when the host gets its own cgroup root. */
const keepV1 = async (): Promise<readonly string[]> => {
  const roots: string[] = [];
  for (const { mountPoint, name } of v1Mounts()) {
    const root = `${state}/v1/${name}`;
    await mkdir(root, { recursive: true });
    await runTool('mount', ['--bind', mountPoint, root]);
    roots.push(root);
  }
  return roots;
};

/** cgroup v2 alone, beside whatever hierarchies this machine has; a place for changes to the file system; the pool. */
const mountAll = async (task: SupervisorTask): Promise<readonly string[]> => {
  await runTool('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', state]);
  const v1Roots = await keepV1();
  await runTool('umount', ['--recursive', '--lazy', cgroupRoot]);
  await runTool('mount', ['-t', 'cgroup2', 'cgroup2', cgroupRoot]);
  // nspawn refuses to clean up a /run that is on disk.
  await mkdir('/run/systemd', { recursive: true });
  await runTool('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run/systemd']);
  for (const name of ['upper', 'work', 'root', 'machines', 'lxc']) await mkdir(`${state}/${name}`);
  const layers = `lowerdir=${task.rootfs},upperdir=${state}/upper,workdir=${state}/work`;
  await runTool('mount', ['-t', 'overlay', '-o', layers, 'overlay', `${state}/root`]);
  await runTool('truncate', ['-s', task.poolSize, task.poolFile]);
  await runTool('mkfs.btrfs', ['-q', task.poolFile]);
  const options = 'loop,compress=no,user_subvol_rm_allowed';
  await runTool('mount', ['-o', options, task.poolFile, `${state}/machines`]);
  await rm(task.poolFile);
  await runTool('btrfs', ['quota', 'enable', `${state}/machines`]);
  return v1Roots;
};

const unmountAll = async (): Promise<void> => {
  for (const path of [`${state}/machines`, `${state}/root`])
    await runTool('umount', ['--recursive', path]).catch(() => runTool('umount', ['--lazy', path]).catch(() => ''));
};

const escapeColons = (path: string): string => path.replaceAll('\\', '\\\\').replaceAll(':', '\\:');

const bindArgument = (bind: Bind): string =>
  `--bind${bind.writable === true ? '' : '-ro'}=${escapeColons(bind.source)}:${escapeColons(bind.target ?? bind.source)}`;

const nspawnArguments = (task: SupervisorTask, v1Groups: readonly string[]): string[] => [
  ...['--quiet', '--boot', `--directory=${state}/root`, `--machine=${task.name}`, '--register=no', '--keep-unit'],
  ...['--private-network', '--capability=all', '--private-users=no', '--console=pipe', '--resolv-conf=off'],
  ...['--timezone=off', '--link-journal=no', `--bind=${state}/machines:/var/lib/machines`],
  ...(task.lxc ? [`--bind=${state}/lxc:/var/lib/lxc`] : []),
  ...task.binds.map(bindArgument),
  ...v1Groups.map((group) =>
    bindArgument({ source: group, target: join(v1Directory, basename(dirname(group))), writable: true }),
  ),
];

const nspawnEnvironment = {
  SYSTEMD_SECCOMP: '0',
  // With `yes` the host could write to this machine's kernel; with `network` networkd still works without udev.
  SYSTEMD_NSPAWN_API_VFS_WRITABLE: 'network',
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1',
  SYSTEMD_NSPAWN_LOCK: '0',
};

/**
 * Killed, nspawn does not take its container along; the first process of a pid namespace does. So there is one around
 * nspawn, whose first process is killed by the kernel when unshare is, and unshare when this process is.
 */
const startNspawn = async (
  task: SupervisorTask,
  cgroup: string,
  v1Groups: readonly string[],
): Promise<ChildProcess> => {
  const log = await open(task.consoleLog, 'w');
  const around = ['--pdeathsig', 'KILL', 'unshare', '--pid', '--fork', '--kill-child=KILL', '--mount-proc'];
  // nspawn has to be in its cgroups before it starts, so that they are the roots that the host sees, and is not made to be
  // the first process itself.
  const script = 'for group in $0; do echo 0 > "$group/cgroup.procs" || exit; done; "$@" & wait $!';
  const groups = [cgroup, ...v1Groups].join(' ');
  const inside = ['sh', '-c', script, groups, 'systemd-nspawn', ...nspawnArguments(task, v1Groups)];
  const child = start(await tool('setpriv'), [...around, ...inside], {
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, ...nspawnEnvironment, LC_ALL: 'C.UTF-8', LANGUAGE: '' },
  });
  await once(child, 'spawn');
  await log.close();
  return child;
};

/** How many pid namespaces a process is in, and its number in the innermost. */
const pidNamespaces = async (pid: number | 'self'): Promise<{ depth: number; innermost: string }> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const numbers = (/^NSpid:\s*(.*)$/m.exec(status)?.[1] ?? '').split(/\s+/);
  return { depth: numbers.length, innermost: numbers.at(-1) ?? '' };
};

/** The process 1 of the namespace inside of the one around nspawn; nspawn's helpers while it sets up are not. */
const findLeader = async (pid: number, depth: number): Promise<number | undefined> => {
  const own = await pidNamespaces(pid);
  if (own.depth === depth && own.innermost === '1') return pid;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  for (const child of children.split(' ').filter((text) => text !== '')) {
    const leader = await findLeader(Number(child), depth).catch(() => undefined);
    if (leader !== undefined) return leader;
  }
  return undefined;
};

const waitForLeader = async (nspawn: ChildProcess, task: SupervisorTask): Promise<number> => {
  const depth = (await pidNamespaces('self')).depth + 2;
  for (;;) {
    if (nspawn.exitCode !== null || nspawn.signalCode !== null || nspawn.pid === undefined)
      throw new Error(`systemd-nspawn ended: ${(await readFile(task.consoleLog, 'utf8')).trim()}`);
    const leader = await findLeader(nspawn.pid, depth).catch(() => undefined);
    if (leader !== undefined) return leader;
    await sleep(10);
  }
};

const task = JSON.parse(process.argv[2] ?? '') as SupervisorTask;
const leash = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leash.abort());
process.stdin.resume().on('close', () => leash.abort());
// The reader of our messages may be dead already.
process.stdout.on('error', () => undefined);
const released = once(leash.signal, 'abort');

const held: { cgroups: HostCgroup[]; nspawn?: ChildProcess } = { cgroups: [] };
try {
  const v1Roots = await mountAll(task);
  await removeStaleCgroups([cgroupRoot, ...v1Roots]);
  const owner = identityOf(process.pid);
  held.cgroups.push(await makeCgroup(cgroupRoot, owner));
  for (const root of task.v1 ? v1Roots : []) held.cgroups.push(await makeV1Cgroup(root, owner));
  const [own = '', ...v1Groups] = held.cgroups.map(({ path }) => path);
  held.nspawn = await startNspawn(task, own, v1Groups);
  const ended = once(held.nspawn, 'exit');
  const leader = await waitForLeader(held.nspawn, task);
  tell({ kind: 'leader', pid: leader });
  await Promise.race([released, ended]);
} catch (error) {
  tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}
// The host is disposable: its processes are killed by the kernel with the one around them, which is quick and sure.
held.nspawn?.kill('SIGKILL');
await removeCgroups(held.cgroups);
await unmountAll();
await rm(task.poolFile, { force: true });
tell({ kind: 'ended' });
process.exit();
