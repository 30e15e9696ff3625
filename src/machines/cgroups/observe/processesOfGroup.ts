import type { ControlGroup } from '../controlGroup.ts';
import { groupFile } from '../groupDirectory.ts';
import { type ProcessInGroup, readProcessFacts } from './processFacts.ts';
import { linesIn } from './usageFormats.ts';
import { readPieces, withFile } from './readSmallFile.ts';
import { codeOf } from '../../errors.ts';

export interface ProcessesOfGroup {
  /** By PID, at most as many as were asked for. */
  readonly processes: readonly ProcessInGroup[];
  /** How many more there are than were asked for. */
  readonly more: number;
  /** Threads of the kernel that were left out. */
  readonly kernelThreads: number;
  /** Processes of another PID namespace, which have no number here. */
  readonly foreign: number;
}

/**
 * The PIDs that stand in `cgroup.procs`, sorted, each once (v1 may list one twice); zero is a process of another namespace.
 * Undefined where the group is gone or may not be read. A threaded group of v2 refuses, and has none of its own.
 */
export const pidsOfGroup = (group: ControlGroup): readonly number[] | undefined => {
  try {
    const pieces: string[] = [];
    withFile(groupFile(group, 'cgroup.procs'), (descriptor) =>
      readPieces(descriptor, (piece) => pieces.push(piece.toString('latin1'))),
    );
    const lines = pieces.join('').split('\n');
    const numbers = lines.filter((line) => line !== '').map(Number);
    const foreign = numbers.filter((pid) => pid === 0);
    return [...foreign, ...[...new Set(numbers.filter((pid) => pid > 0))].sort((one, other) => one - other)];
  } catch (error) {
    const code = codeOf(error);
    return code === 'EOPNOTSUPP' || code === 'ENOTSUP' ? [] : undefined;
  }
};

/** The file with the tasks of a group itself, a line each: processes with all of their threads, as the pids controller counts them. */
export const tasksFile = ({ hierarchy }: ControlGroup): string =>
  hierarchy.version === 2 ? 'cgroup.threads' : 'tasks';

/** How many tasks there are in the group itself; 0 where it is gone or may not be read. */
export const countTasks = (group: ControlGroup): number => {
  const count = { lines: 0 };
  try {
    withFile(groupFile(group, tasksFile(group)), (descriptor) =>
      readPieces(descriptor, (piece) => (count.lines += linesIn(piece))),
    );
  } catch {
    // Gone meanwhile.
  }
  return count.lines;
};

/** What runs directly in this group. Threads of the kernel are left out of the root, which holds hundreds of them. */
export const processesOfGroup = (
  group: ControlGroup,
  atMost: number,
  commandLineOf?: (pid: number, startTime: string) => string,
): ProcessesOfGroup | undefined => {
  const pids = pidsOfGroup(group);
  if (pids === undefined) return undefined;
  const processes: ProcessInGroup[] = [];
  const counts = { more: 0, kernelThreads: 0, foreign: 0 };
  for (const pid of pids) {
    if (pid === 0) counts.foreign += 1;
    else if (processes.length >= atMost) counts.more += 1;
    else {
      const facts = readProcessFacts(pid, commandLineOf);
      if (facts === undefined) continue;
      if (facts.kernel && group.path === '/') counts.kernelThreads += 1;
      else processes.push(facts);
    }
  }
  return { processes, ...counts };
};
