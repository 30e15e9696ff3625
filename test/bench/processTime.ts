import { presentTool, startSync } from '../rig/program.ts';
import type { Program } from '../rig/program.ts';

/** bash tells in milliseconds what wait4() says of a program that it ran; Node.js tells nothing of a program that it starts. */
const script = 'TIMEFORMAT="%3U %3S"; { time "$@" >/dev/null 2>&1; } 2>&1';

/**
 * Milliseconds of processor time, user and system, of a whole process with all its threads: others on the machine change it little.
 * @throws Error where it ends with 2 or more
 */
export const processTime = (program: Program, args: readonly string[]): number => {
  const { error, status, stdout } = startSync(presentTool('bash'), ['-c', script, 'bash', program, ...args]);
  if (error !== undefined || (status ?? 2) >= 2) throw error ?? new Error(`${program} could not do its work`);
  const [user, system] = stdout.trim().split(' ').map(Number);
  if (user === undefined || system === undefined) throw new Error(`no times of ${program}: ${stdout}`);
  return 1000 * (user + system);
};
