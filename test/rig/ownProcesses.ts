import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const variable = 'NSPAWN_RIG_RUN';

const patienceMs = 20_000;

/** Marks this process's children and theirs, so that whatever of them is still running at the end can be told. */
export const markChildren = (): void => {
  process.env[variable] = String(process.pid);
};

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended since, or belongs to another user.
    return '';
  }
};

/** Processes that carry the mark of this one, as `PID command line`. Linux only; elsewhere none are found. */
const markedProcesses = (): { pid: number; commandLine: string }[] => {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(`${variable}=${process.pid}`))
    .map((pid) => ({ pid, commandLine: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }))
    .filter(({ commandLine }) => commandLine !== '');
};

const signalAll = (signal: NodeJS.Signals): string[] =>
  markedProcesses().map(({ pid, commandLine }) => {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended just now.
    }
    return `process ${pid}: ${commandLine.slice(0, 200)}`;
  });

/**
 * Waits until everything that was started has ended; hosts and servers end by themselves when their owner has gone. After
 * an interruption the rest is asked to end: a build in the background belongs to nobody any more.
 * @returns what had to be killed after some patience, one line each; nothing when all is well
 */
export const waitForChildren = async (how: 'done' | 'interrupted'): Promise<string[]> => {
  if (how === 'interrupted') signalAll('SIGTERM');
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    if (markedProcesses().length === 0) return [];
    await sleep(50);
  }
  return signalAll('SIGKILL');
};
