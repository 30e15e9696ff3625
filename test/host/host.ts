/**
 * A real systemd host: Debian with systemd as process 1, in namespaces of its own, on a machine that needs no systemd.
 *
 *     const host = await startHost('trixie');
 *     const { exitCode, stdout, stderr } = await host.run('machinectl', ['list']);
 *     await host.stop();
 *
 * In a test file use `withHost` (withHost.ts), which starts, stops and skips for you; `installImages` puts images into
 * its pool. bookworm has systemd 252, trixie 257, forky 262. There are the users root, tester (1000, may do nothing) and
 * admin (1001, sudo without a password). The host has no network to the outside, and no memory, pids or io controller:
 * where those matter use qemu.ts. A host boots in about a second; several may run at once.
 *
 * Whatever happens to the process that started it, the host ends with that process and leaves nothing behind.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheRoot, removeTree, repositoryRoot } from '../rig/cache.ts';
import { makeLocked, tryLock } from '../rig/heldLock.ts';
import type { ToolCommand } from '../rig/program.ts';
import { progress } from '../rig/progress.ts';
import type { Progress } from '../rig/progress.ts';
import type { Suite } from './boot/debootstrap.ts';
import { ensureBaseImage } from './boot/baseImage.ts';
import { enterArguments, runInHost } from './boot/runInHost.ts';
import type { HostOutput, RunOptions } from './boot/runInHost.ts';
import { ensureRootfs } from './boot/rootfs.ts';
import { superviseHost } from './boot/superviseHost.ts';
import type { Bind } from './boot/supervisorMessages.ts';
import { ensureTools } from './boot/tools.ts';

export interface HostOptions {
  /** Further directories and files of this machine to be seen inside; `hostPaths` are there anyway. */
  readonly binds?: readonly Bind[];
  /** Size of the image pool, as `truncate` takes it; the file is sparse. 8G when left out. */
  readonly poolSize?: string;
  /**
   * Makes a hybrid host where this machine has hierarchies of cgroup v1 (`v1Obstacle` of boot/v1Hierarchies.ts): its part of
   * them is at /srv/cgroup-v1/memory and so on, and all of its processes are in there.
   */
  readonly v1?: boolean;
  /** Makes a host that has LXC. */
  readonly lxc?: boolean;
  readonly report?: Progress;
}

/** What a host in namespaces and one in a virtual machine have in common. */
export interface CommandHost {
  readonly suite: Suite;
  /** Runs a command in the host. Never throws for what the command does; a timeout gives exit code 124. */
  readonly run: (file: string, args?: readonly string[], options?: RunOptions) => Promise<HostOutput>;
  /** Ends the host and everything in it. Any number of times. */
  readonly stop: () => Promise<void>;
}

export interface Host extends CommandHost {
  /** Process number of the host's systemd, as seen from outside. */
  readonly leader: number;
  /**
   * What to put before a command to run it in the host's mount, pid, ipc, uts and cgroup namespaces but in the outer
   * network namespace, with the caller's environment: a server started so listens on the outer loopback. As root.
   */
  readonly enter: ToolCommand;
}

/** Where a host sees what is outside, read-only and for every user. */
export const hostPaths = {
  repository: '/srv/repository',
  cache: '/srv/cache',
  /** The Node that runs this process. */
  node: '/srv/node',
  /** The unpacked minimal Debian that `installImages` copies. */
  baseImage: '/srv/base-image',
} as const;

const neededTools = [
  ...(['systemd-nspawn', 'mmdebstrap', 'mkfs.btrfs', 'btrfs'] as const),
  ...(['unshare', 'nsenter', 'setpriv', 'chroot'] as const),
] as const;

/** Pools and logs of hosts that were killed before they could be removed: nobody has locked their directory. */
const removeStaleFiles = async (runDirectory: string): Promise<void> => {
  for (const name of await readdir(runDirectory)) {
    const directory = join(runDirectory, name);
    const lock = await tryLock(directory);
    if (lock === undefined) continue;
    await removeTree(directory);
    await lock.release();
  }
};

const waitUntilBooted = async (host: Host, consoleLog: string): Promise<void> => {
  const deadline = performance.now() + 180_000;
  for (;;) {
    const { stdout } = await host.run('systemctl', ['is-system-running'], { timeoutMs: 5000 });
    const state = stdout.trim();
    if (state === 'running' || state === 'degraded') return;
    if (performance.now() > deadline) {
      const log = await readFile(consoleLog, 'utf8').catch(() => '');
      throw new Error(`the ${host.suite} host did not boot within three minutes (${state}):\n${log.slice(-2000)}`);
    }
    await sleep(50);
  }
};

/**
 * Boots a host; the first time its file system is built into the cache.
 * @throws Error when something it needs cannot be had; `hostObstacle` (boot/obstacle.ts) tells beforehand
 */
export const startHost = async (suite: Suite, options: HostOptions = {}): Promise<Host> => {
  const report = options.report ?? progress;
  await ensureTools(neededTools, 'for a systemd host in namespaces', report);
  const [rootfs, baseImage] = await Promise.all([
    ensureRootfs(suite, report, options.lxc),
    ensureBaseImage(suite, report),
  ]);
  const runDirectory = join(cacheRoot(), 'running-hosts');
  await mkdir(runDirectory, { recursive: true });
  await removeStaleFiles(runDirectory);
  const directory = join(runDirectory, `${suite}-${randomUUID()}`);
  const lock = await makeLocked(directory);
  const consoleLog = join(directory, 'console.log');
  const supervised = await superviseHost({
    name: `rig-${suite}-${process.pid}`,
    rootfs,
    poolFile: join(directory, 'pool.btrfs'),
    poolSize: options.poolSize ?? '8G',
    consoleLog,
    v1: options.v1 ?? false,
    lxc: options.lxc ?? false,
    binds: [
      { source: repositoryRoot, target: hostPaths.repository },
      { source: cacheRoot(), target: hostPaths.cache },
      { source: process.execPath, target: hostPaths.node },
      { source: baseImage, target: hostPaths.baseImage },
      ...(options.binds ?? []),
    ],
  }).catch(async (error: unknown) => {
    await removeTree(directory);
    await lock.release();
    throw error;
  });
  const host: Host = {
    suite,
    leader: supervised.leader,
    enter: enterArguments(supervised.leader, 'outer network'),
    run: (file, args = [], runOptions = {}) => runInHost(supervised.leader, file, args, runOptions),
    stop: async () => {
      await supervised.stop();
      await removeTree(directory);
      await lock.release();
    },
  };
  try {
    await waitUntilBooted(host, consoleLog);
  } catch (error) {
    await host.stop();
    throw error;
  }
  return host;
};
