/**
 * A bare Debian 12 in namespaces of its own: its root is the only file system that it sees, and its processes are the only ones.
 * It shares the network, because it has to reach the registries, and the control groups.
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from '../host/boot/runTool.ts';
import { tool } from '../host/boot/tools.ts';
import { cacheRoot, removeTree } from '../rig/cache.ts';
import { endWithParent } from '../rig/endWithParent.ts';
import { start } from '../rig/program.ts';
import type { Progress } from '../rig/progress.ts';
import { clonePath, ensureBareTree, furnishBareTree } from './bareTree.ts';

/**
 * Downloads and what has been built are shared: they spare time and install nothing. pivot_root leaves no way to the outer file
 * system. The shell stays as process 1, because somebody has to take leave of the dead. A layer is thrown away in the end, so
 * nothing waits until it is on the disk (volatile).
 */
const script = `
set -e
lower=$1 layer=$2 shared=$3
shift 3
root=$layer/root
mount -t overlay -o "lowerdir=$lower,upperdir=$layer/upper,workdir=$layer/work,volatile" overlay "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount --bind "$shared/cache" "$root/srv/cache"
mount --bind "$shared/npm" "$root/srv/npm"
mount --bind "$shared/archives" "$root/var/cache/apt/archives"
cd "$root"
pivot_root . mnt
cd "${clonePath}"
umount --lazy /mnt
"$@"
exit $?
`;

const namespaces = ['--mount', '--propagation', 'private', '--pid', '--ipc', '--uts', '--fork', '--kill-child=KILL'];

/** What reaches registries through a proxy or with certificates of one's own. */
const isPassedOn = (name: string): boolean =>
  /^(?:(?:https?|no|all|ftp)_proxy|npm_config_(?:registry|cafile|proxy|https_proxy|noproxy)|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/iu.test(
    name,
  );

const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => isPassedOn(name))),
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  USER: 'root',
  LANG: 'C.UTF-8',
  NSPAWN_CACHE: '/srv/cache',
  npm_config_cache: '/srv/npm',
});

export interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

export interface BareMachine {
  /** Runs a command in the clone, on a machine as `install` left it; nothing that it does to the machine stays. */
  readonly run: (command: readonly string[], signal: AbortSignal) => Promise<Ended>;
  readonly remove: () => Promise<void>;
}

/** A layer of the file system, with what overlayfs needs beside it. */
const makeLayer = async (directory: string): Promise<string> => {
  for (const name of ['upper', 'work', 'root']) await mkdir(join(directory, name), { recursive: true });
  return directory;
};

/**
 * Makes a bare machine with a fresh clone, and runs a first command in it, whose effects stay: all later commands begin there.
 * @throws Error with what the command said when it fails
 */
export const makeBareMachine = async (
  install: readonly string[],
  report: Progress,
  signal: AbortSignal,
): Promise<BareMachine> => {
  const bare = await ensureBareTree(report);
  const directory = await mkdtemp(join(cacheRoot(), 'fresh-'));
  const callOff = endWithParent(undefined, [directory]);
  const remove = async (): Promise<void> => {
    await removeTree(directory);
    callOff();
  };
  const enter = async (lower: string, layer: string, command: readonly string[], stop: AbortSignal): Promise<Ended> => {
    const inside = ['sh', '-c', script, 'sh', lower, layer, directory, ...command];
    const child = start(
      await tool('setpriv'),
      ['--pdeathsig', 'KILL', await tool('unshare'), ...namespaces, '--', ...inside],
      { stdio: ['ignore', 'pipe', 'pipe'], env: environment() },
    );
    const end = (): void => void child.kill('SIGKILL');
    stop.addEventListener('abort', end, { once: true });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', reject).on('close', (code) => resolve(code ?? 137));
    });
    stop.removeEventListener('abort', end);
    return { exitCode, output: said.join('') };
  };
  try {
    for (const name of ['cache', 'npm', 'archives/partial']) await mkdir(join(directory, name), { recursive: true });
    const base = await makeLayer(join(directory, 'base'));
    for (const name of ['srv/cache', 'srv/npm']) await mkdir(join(base, 'upper', name), { recursive: true });
    await report.step('furnishing the bare Debian', () => furnishBareTree(join(base, 'upper')));
    const first = await report.step(install.join(' '), () => enter(bare, base, install, signal));
    if (first.exitCode !== 0) throw new Error(`${install.join(' ')} ended with ${first.exitCode}:\n${first.output}`);
    return {
      run: async (command, stop) => {
        const layer = await makeLayer(await mkdtemp(join(directory, 'layer-')));
        try {
          return await enter(`${join(base, 'upper')}:${bare}`, layer, command, stop);
        } finally {
          await removeTree(layer);
        }
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** Why no bare machine can be had here, as a sentence; undefined when one can. */
export const bareMachineObstacle = async (): Promise<string | undefined> => {
  await mkdir(cacheRoot(), { recursive: true });
  const directory = await makeLayer(await mkdtemp(join(cacheRoot(), 'fresh-')));
  try {
    const options = `lowerdir=/usr,upperdir=${directory}/upper,workdir=${directory}/work`;
    await runTool('unshare', ['--mount', 'mount', '-t', 'overlay', '-o', options, 'overlay', join(directory, 'root')]);
    return undefined;
  } catch {
    return 'the file system of the cache cannot carry the layers of a bare machine (overlayfs)';
  } finally {
    await removeTree(directory);
  }
};
