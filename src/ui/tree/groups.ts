import { readRef } from '../../machines/reference.ts';
import type { Grouping } from '../settingDefaults.ts';

/** Groups of the tree by their id: `running`, `stopped`, `os/Debian`, `slice/machine.slice`, `kind/lxc`. */
export const runningGroup = 'running';
export const stoppedGroup = 'stopped';
/** The two parts of the list without headings: images, in an order that no start and no stop changes, and what runs without one. */
export const listedImages = 'images';
export const listedMachines = 'machines';

export interface MachineTraits {
  readonly os: string | undefined;
  readonly slice: string | undefined;
}

/** The group of what runs; what is not known (yet) has a group of its own, with nothing after the slash. */
export const rowGroupOfMachine = (groupBy: Exclude<Grouping, 'none' | 'kind'>, traits: MachineTraits): string => {
  switch (groupBy) {
    case 'state':
      return runningGroup;
    case 'os':
      return `os/${traits.os ?? ''}`;
    case 'slice':
      return `slice/${traits.slice ?? ''}`;
  }
};

const kindPrefix = 'kind/';

/** The group of a kind of machines, in which what is stopped stands beside what runs: each row keeps its place. */
export const rowGroupOfKind = (id: string): string => `${kindPrefix}${readRef(id).backend}`;

/** The id of the kind of whose rows a group is; undefined for other groups. */
export const kindOfGroup = (group: string): string | undefined =>
  group.startsWith(kindPrefix) ? group.slice(kindPrefix.length) : undefined;

/** What comes after the slash, for a label; undefined for the fixed groups, empty for what is not known. */
export const groupSubject = (group: string): string | undefined => {
  const slash = group.indexOf('/');
  return slash === -1 ? undefined : group.slice(slash + 1);
};

const place = (group: string): number => {
  if (group === stoppedGroup) return 2;
  return groupSubject(group) === '' ? 1 : 0;
};

/** The groups in the order of the tree: those of machines by name, the unknown after them, what is stopped last. */
export const orderGroups = (groups: Iterable<string>): readonly string[] =>
  [...groups].sort((one, other) => place(one) - place(other) || one.localeCompare(other, 'en', { numeric: true }));
