import type { NameProblem } from '../../errors.ts';
import { MachineError } from '../../errors.ts';
import { childPath } from '../observe/groupName.ts';

/** NAME_MAX and PATH_MAX of the kernel, in bytes. */
const longestName = 255;
const longestPath = 4095;

/** Files of a group that belong to no controller, and the beginnings of those that do. */
const kernelFile =
  /^(?:tasks|notify_on_release|release_agent|(?:blkio|cgroup|cpu|cpuacct|cpuset|devices|dmem|freezer|hugetlb|io|irq|memory|misc|net_cls|net_prio|perf_event|pids|rdma)\..*)$/u;

/** What systemd takes for a unit of its own, wherever it stands. */
const unitName = /\.(?:slice|scope|service|mount|swap|socket)$/u;

const checkPart = (part: string): NameProblem | undefined => {
  if (part === '') return 'empty';
  if (part === '..') return 'leadsOut';
  if (part === '.') return 'badDots';
  if (/[\p{Cc}\p{Cf}\p{Surrogate}\p{Zl}\p{Zp}]/u.test(part)) return 'badCharacter';
  if (kernelFile.test(part)) return 'kernelFile';
  return Buffer.byteLength(part) > longestName ? 'tooLong' : undefined;
};

/**
 * What is to be said against the name of a new group, or against several names parted by slashes. The kernel refuses a line end
 * and what is there already; the rest would come out of the group's directory, or look like one of its files.
 */
export const checkGroupName = (name: string): NameProblem | undefined => {
  if (name === '') return 'empty';
  const parts = name.replace(/^\/|\/$/gu, '').split('/');
  for (const part of parts) {
    const problem = checkPart(part);
    if (problem !== undefined) return problem;
  }
  if (parts.some((part) => unitName.test(part))) return 'reserved';
  return Buffer.byteLength(name) > longestPath ? 'tooLong' : undefined;
};

/** The same for a group that is there: whatever it is called, it does not lead out of its hierarchy. */
export const isGroupPath = (path: string): boolean =>
  path === '/' ||
  (path.startsWith('/') &&
    !path.includes('\0') &&
    path
      .slice(1)
      .split('/')
      .every((part) => part !== '' && part !== '.' && part !== '..'));

/** Whether that is a file of a group itself: a slash or dots would lead to those of another directory. */
export const isParameterName = (name: string): boolean => /^[^/\0]+$/u.test(name) && name !== '.' && name !== '..';

/**
 * The path of a new group below another one, from the hierarchy's mount point.
 * @throws MachineError invalidName
 */
export const newGroupPath = (parent: string, name: string): string => {
  const problem = checkGroupName(name);
  if (problem !== undefined) throw new MachineError({ kind: 'invalidName', name, problem });
  return childPath(parent, name.replace(/^\/|\/$/gu, ''));
};
