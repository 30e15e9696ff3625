import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory } from '../groupDirectory.ts';
import { countGroups, listGroups } from './listGroups.ts';
import { pidsOfGroup } from './processesOfGroup.ts';

/**
 * How many processes there are in a group and below it, counted one group after the other: for hosts where no pids controller
 * counts. `own` are those of the group itself. `known` keeps what was counted in one pass, by directory, so that no group
 * is counted twice in it.
 */
export const countProcesses = (group: ControlGroup, own: number, known: Map<string, number>): number => {
  const directory = groupDirectory(group);
  const count = own + (countGroups(group) !== 0 ? countBelow(group, known) : 0);
  known.set(directory, count);
  return count;
};

const countBelow = (group: ControlGroup, known: Map<string, number>): number =>
  (listGroups(group) ?? []).reduce(
    (sum, child) =>
      sum + (known.get(groupDirectory(child)) ?? countProcesses(child, pidsOfGroup(child)?.length ?? 0, known)),
    0,
  );
