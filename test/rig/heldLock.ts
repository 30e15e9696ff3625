import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { presentTool, start } from './program.ts';

/** Ends with this process, however it ends. */
export interface HeldLock {
  readonly release: () => Promise<void>;
}

const takenExitCode = 75;
const goneExitCode = 66;

/**
 * Takes the kernel's lock on a directory; undefined where somebody holds it or the directory is gone. Unlike the number of a
 * process it says who lives to processes of every PID namespace.
 */
export const tryLock = async (directory: string): Promise<HeldLock | undefined> => {
  const options = ['--nonblock', '--conflict-exit-code', String(takenExitCode), '--no-fork'];
  // With the dot no file is made where there is no directory. cat ends with its input, and that with this process.
  const holder = [`${directory}/.`, 'sh', '-c', 'echo && exec cat >/dev/null'];
  const child = start(presentTool('flock'), [...options, ...holder], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Ctrl+C in a terminal must not take the lock away before what it stands for has ended.
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const [exitCode] = await Promise.race([once(child.stdout, 'data').then(() => ['held'] as const), exited]);
  if (exitCode === takenExitCode || exitCode === goneExitCode) return undefined;
  if (exitCode !== 'held') throw new Error(`flock of ${directory} ended with ${String(exitCode)}`);
  // Held, it keeps nobody from ending.
  child.stdout.destroy();
  child.unref();
  return {
    release: async () => {
      child.ref();
      child.stdin.end();
      await exited;
    },
  };
};

/** Makes a directory that is locked from the beginning, as far as those can tell who remove what nobody has locked. */
export const makeLocked = async (directory: string): Promise<HeldLock> => {
  for (;;) {
    await mkdir(directory, { recursive: true });
    const lock = await tryLock(directory);
    if (lock !== undefined && existsSync(directory)) return lock;
    await lock?.release();
    await sleep(20);
  }
};
