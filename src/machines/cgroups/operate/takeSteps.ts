import { constants } from 'node:fs';
import { access, type FileHandle, lstat, mkdir, open, readFile, realpath, rmdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { codeOf, MachineError } from '../../errors.ts';
import { groupDirectory, groupFile } from '../groupDirectory.ts';
import { groupOfProcess } from '../observe/groupOfProcess.ts';
import { type KernelStep, type KillStep, requireInHierarchy, signalNumber, wayUp } from './kernelSteps.ts';
import { identityIfThere, lookAtProcess, type SeenGroup } from './seen.ts';

/** The file or directory that a step is about, for a person. */
const pathOfStep = (step: KernelStep): string => {
  switch (step.kind) {
    case 'write':
      return groupFile(step.group, step.file);
    case 'move':
      return groupFile(step.group, 'cgroup.procs');
    case 'empty':
      return groupFile(step.into, 'cgroup.procs');
    case 'signal':
      return `/proc/${step.process.pid}`;
    default:
      return groupDirectory(step.group);
  }
};

const gone = ({ path }: SeenGroup): MachineError => new MachineError({ kind: 'noSuchGroup', path });

/** Does something in a directory that stays the same meanwhile, whatever happens to its path. */
const inDirectory = async (directory: string, work: (held: string) => Promise<void>): Promise<void> => {
  const file = await open(directory, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await work(`/proc/self/fd/${file.fd}`);
  } finally {
    await file.close();
  }
};

/** The same in the directory of a group, which has to be the one that was seen. */
const inGroup = async (group: SeenGroup, work: (held: string) => Promise<void>): Promise<void> => {
  const isTheSame = async (directory: string): Promise<boolean> =>
    group.identity === undefined || (await identityIfThere(directory)) === group.identity;
  if (!(await isTheSame(groupDirectory(group)))) throw gone(group);
  await inDirectory(groupDirectory(group), async (held) => {
    if (!(await isTheSame(`${held}/.`))) throw gone(group);
    await work(held);
  });
};

const tell = async (path: string, text: string): Promise<void> => {
  // Never makes a file: where the hierarchy has been unmounted meanwhile, there is none.
  const file: FileHandle = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  try {
    await file.write(`${text}\n`);
  } finally {
    await file.close();
  }
};

/** What forks meanwhile is moved in the next round. */
const mostRounds = 10;

const empty = async (group: SeenGroup, held: string, up: string): Promise<void> => {
  for (let round = 0; round < mostRounds; round++) {
    const pids = (await readFile(`${held}/cgroup.procs`, 'utf8'))
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0);
    if (pids.length === 0) return;
    for (const pid of pids) {
      // v1 may give a list that is a second old.
      const now = groupOfProcess(pid, group.hierarchy);
      if (now !== undefined && now.path !== group.path) continue;
      await tell(`${held}/${up}/cgroup.procs`, String(pid)).catch((error: unknown) => {
        if (codeOf(error) !== 'ESRCH') throw error;
      });
    }
  }
};

const take = async (step: KernelStep): Promise<void> => {
  switch (step.kind) {
    case 'make':
      return inGroup(step.parent, (held) => mkdir(`${held}/${basename(step.group.path)}`));
    case 'remove':
      return inDirectory(dirname(groupDirectory(step.group)), async (held) => {
        const path = `${held}/${basename(step.group.path)}`;
        if (step.group.identity !== undefined && (await identityIfThere(path)) !== step.group.identity)
          throw gone(step.group);
        await rmdir(path);
      });
    case 'empty':
      return inGroup(step.group, (held) => empty(step.group, held, wayUp(step.group.path, step.into.path)));
    case 'write':
      return inGroup(step.group, (held) => tell(`${held}/${step.file}`, step.text));
    case 'move':
      return inGroup(step.group, async (held) => {
        await lookAtProcess(step.process);
        await tell(`${held}/cgroup.procs`, String(step.process.pid));
      });
    case 'signal':
      await lookAtProcess(step.process);
      process.kill(step.process.pid, Number(signalNumber(step.signal)));
  }
};

/**
 * Tells the kernel, one after the other. The first that is refused ends it; those before it have happened.
 * @throws MachineError kernelRefused, noSuchGroup and noSuchProcess where what was meant is gone, invalidName
 */
export const takeSteps = async (steps: readonly KernelStep[]): Promise<void> => {
  requireInHierarchy(steps);
  for (const step of steps) {
    try {
      await take(step);
    } catch (error) {
      if (error instanceof MachineError) throw error;
      const text =
        step.kind === 'write' ? { text: step.text } : step.kind === 'move' ? { text: String(step.process.pid) } : {};
      throw new MachineError(
        { kind: 'kernelRefused', path: pathOfStep(step), ...text, code: codeOf(error) ?? 'UNKNOWN' },
        { cause: error },
      );
    }
  }
};

const mayTake = async (step: KernelStep): Promise<boolean> => {
  try {
    if (step.kind === 'signal') process.kill(step.process.pid, 0);
    else {
      const isInParent = step.kind === 'make' || step.kind === 'remove';
      await access(isInParent ? dirname(groupDirectory(step.group)) : pathOfStep(step), constants.W_OK);
    }
    return true;
  } catch (error) {
    // What one of the steps makes is not there yet, and will belong to this user; a process that is gone needs no rights.
    return ['ENOENT', 'ESRCH'].includes(codeOf(error) ?? '');
  }
};

/** Whether this user may do all of it without more privileges. */
export const mayTakeSteps = async (steps: readonly KernelStep[]): Promise<boolean> =>
  process.getuid?.() === 0 || (await Promise.all(steps.map(mayTake))).every(Boolean);

/** A file that the group does not have, or a link in place of it. */
const missingFile = async (step: KernelStep | KillStep): Promise<MachineError | undefined> => {
  if (step.kind !== 'write') return undefined;
  const path = groupFile(step.group, step.file);
  const isFile = await lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile ? undefined : new MachineError({ kind: 'kernelRefused', path, text: step.text, code: 'ENOENT' });
};

/** A link on the way to a directory leads to another group than the one that its path names. */
const leadsElsewhere = async (directory: string): Promise<boolean> =>
  (await realpath(directory).catch(() => directory)) !== directory;

/** What the steps are about and what is not there any more, or is another one by now. */
export const whatIsGone = async (steps: readonly (KernelStep | KillStep)[]): Promise<MachineError | undefined> => {
  for (const step of steps)
    try {
      if (step.kind === 'signal' || step.kind === 'move') await lookAtProcess(step.process);
      if (step.kind === 'signal') continue;
      const group: SeenGroup = step.kind === 'make' ? step.parent : step.group;
      const directory = groupDirectory(group);
      if (await leadsElsewhere(directory)) return gone(group);
      if (group.identity !== undefined && (await identityIfThere(directory)) !== group.identity) return gone(group);
      const missing = await missingFile(step);
      if (missing !== undefined) return missing;
    } catch (error) {
      if (error instanceof MachineError) return error;
      throw error;
    }
  return undefined;
};
