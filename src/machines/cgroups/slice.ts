import { readFile } from 'node:fs/promises';
import { sliceOfPath } from './groupOwner.ts';
import { codeOf, MachineError } from '../errors.ts';

/**
 * The slice that holds a process, from the text of its /proc/PID/cgroup: the innermost slice on the way to the unit of the
 * host, not one that the system inside the machine has made below it. `-.slice` is the root.
 */
export const sliceFromCgroup = (text: string): string => {
  const lines = text.split('\n');
  // The unified hierarchy, else systemd's own of v1.
  const line =
    lines.find((entry) => entry.startsWith('0::/')) ?? lines.find((entry) => entry.includes(':name=systemd:'));
  return sliceOfPath((line ?? '').split(':').slice(2).join(':'));
};

/** @throws MachineError fileProblem, as when the machine has ended. */
export const readSlice = async (leader: number): Promise<string> => {
  const path = `/proc/${leader}/cgroup`;
  try {
    return sliceFromCgroup(await readFile(path, 'utf8'));
  } catch (error) {
    const code = codeOf(error) ?? 'unknown';
    throw new MachineError({ kind: 'fileProblem', path, code }, { cause: error });
  }
};
