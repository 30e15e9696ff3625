import { presentTool, startSync } from '../rig/program.ts';
import type { Program } from '../rig/program.ts';

/** Milliseconds that one run of a program took. */
export interface RunTime {
  /** User and system, of the whole process with all its threads: others on the machine change it little. */
  readonly processor: number;
  /** From start to end. */
  readonly wall: number;
}

/** bash tells in milliseconds what wait4() says of a program that it ran; Node.js tells nothing of a program that it starts. */
const script = 'TIMEFORMAT="%3R %3U %3S"; { time "$@" >/dev/null 2>&1; } 2>&1';

/** @throws Error where it ends with 2 or more */
export const runTime = (program: Program, args: readonly string[]): RunTime => {
  const { error, status, stdout } = startSync(presentTool('bash'), ['-c', script, 'bash', program, ...args]);
  if (error !== undefined || (status ?? 2) >= 2) throw error ?? new Error(`${program} could not do its work`);
  const [wall, user, system] = stdout.trim().split(' ').map(Number);
  if (wall === undefined || user === undefined || system === undefined)
    throw new Error(`no times of ${program}: ${stdout}`);
  return { processor: 1000 * (user + system), wall: 1000 * wall };
};

/** The processor time of it. */
export const processTime = (program: Program, args: readonly string[]): number => runTime(program, args).processor;
