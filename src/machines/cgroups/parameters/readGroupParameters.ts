import { constants } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, groupFile } from '../groupDirectory.ts';

/** A parameter file of a group, as it is now. */
export interface GroupParameter {
  /** The name of the file. */
  readonly name: string;
  /** What stands in it, without the line end; undefined where it can only be written, or not be read now. Untrusted text. */
  readonly value: string | undefined;
  /** Whether the kernel lets it be written at all, by whoever may. */
  readonly writable: boolean;
}

/** Statistics of a large host are longer, and nobody reads them in a list. */
const longestValue = 4096;

const readStart = async (file: FileHandle): Promise<string> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(longestValue), 0, longestValue, 0);
  return buffer.toString('utf8', 0, bytesRead).trimEnd();
};

/** What stands in a parameter file; undefined where it cannot be read. */
export const readGroupParameterValue = async (group: ControlGroup, name: string): Promise<string | undefined> => {
  try {
    const file = await open(groupFile(group, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return await readStart(file);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
};

const anyoneReads = 0o444;
const anyoneWrites = 0o222;

const readGroupParameter = async (group: ControlGroup, name: string): Promise<GroupParameter | undefined> => {
  try {
    const { mode } = await stat(groupFile(group, name));
    const value = (mode & anyoneReads) === 0 ? undefined : await readGroupParameterValue(group, name);
    return { name, value, writable: (mode & anyoneWrites) !== 0 };
  } catch {
    // Gone meanwhile: with its group, or with the controller.
    return undefined;
  }
};

/** What people come for, in both versions; the rest is by name, and what the kernel has for every group stands at the end. */
const first = [
  ...['memory.max', 'memory.limit_in_bytes', 'memory.high', 'memory.soft_limit_in_bytes'],
  ...['memory.swap.max', 'memory.memsw.limit_in_bytes'],
  ...['cpu.max', 'cpu.cfs_quota_us', 'cpu.cfs_period_us', 'cpu.weight', 'cpu.shares'],
  ...['pids.max', 'cpuset.cpus', 'cpuset.mems', 'io.max', 'io.weight', 'blkio.weight'],
];

const rankOf = (name: string): number => {
  const place = first.indexOf(name);
  if (place >= 0) return place;
  return /^(?:cgroup\.|tasks$|notify_on_release$|release_agent$)/u.test(name) ? first.length + 1 : first.length;
};

/** Parameters in the order in which they are shown. */
export const compareGroupParameters = (
  { name: one }: Pick<GroupParameter, 'name'>,
  { name: other }: Pick<GroupParameter, 'name'>,
): number => rankOf(one) - rankOf(other) || (one < other ? -1 : 1);

/** Every parameter of a group, those that matter first; none where the group is gone. */
export const readGroupParameters = async (group: ControlGroup): Promise<readonly GroupParameter[]> => {
  const entries = await readdir(groupDirectory(group), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const parameters = await Promise.all(names.map((name) => readGroupParameter(group, name)));
  return parameters.filter((parameter) => parameter !== undefined).sort(compareGroupParameters);
};
