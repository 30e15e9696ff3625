import { access, readFile } from 'node:fs/promises';
import { inSlices } from '../../host/boundedReads.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, groupFile } from '../groupDirectory.ts';
import { everyGroup } from '../observe/listGroups.ts';

/** A file of a group without the line end; undefined where there is none, or it cannot be read. */
export const readGroupFile = async (group: ControlGroup, file: string): Promise<string | undefined> =>
  readFile(groupFile(group, file), 'utf8').then(
    (text) => text.trimEnd(),
    () => undefined,
  );

/** A number of a file such as `memory.events`, which has a name and a number a line. */
export const readCount = async (group: ControlGroup, file: string, name: string): Promise<number | undefined> => {
  const line = (await readGroupFile(group, file))?.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};

export const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

export const groupExists = (group: ControlGroup): Promise<boolean> => exists(groupDirectory(group));

/** What a v2 file of names has. */
export const words = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/\s+/u).filter((word) => word !== '');

/** The controllers that a group has: of v2 those that the group above passes on to it. */
export const controllersOf = async (group: ControlGroup): Promise<readonly string[]> =>
  group.hierarchy.version === 1 ? group.hierarchy.controllers : words(await readGroupFile(group, 'cgroup.controllers'));

/** PIDs in the group itself. A process of a PID namespace that is not ours reads as 0 and is left out. */
export const processesIn = async (group: ControlGroup): Promise<readonly number[]> =>
  ((await readGroupFile(group, 'cgroup.procs')) ?? '')
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0);

/** A group and all below it, each before its children. */
export const subtreeOf = async (group: ControlGroup): Promise<readonly ControlGroup[]> => {
  const groups: ControlGroup[] = [];
  await inSlices(everyGroup(group, { left: Infinity }), (one) => groups.push(one));
  return groups;
};

/** What is in a group and below it. */
export interface Contents {
  /** The group itself first, every one before those below it. */
  readonly groups: readonly ControlGroup[];
  readonly pids: readonly number[];
}

export const contentsOf = async (group: ControlGroup): Promise<Contents> => {
  const groups = await subtreeOf(group);
  const pids = await Promise.all(groups.map(processesIn));
  return { groups, pids: pids.flat() };
};
