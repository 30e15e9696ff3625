import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory } from '../groupDirectory.ts';
import { countGroups, listGroups } from './listGroups.ts';
import { countTasks } from './processesOfGroup.ts';

/**
 * How many tasks there are in the groups below this one, counted one group after the other: for hosts where no pids controller
 * counts. `known` keeps what was counted in one pass, by directory, so that no group is counted twice in it.
 */
export const countBelow = (group: ControlGroup, known: Map<string, number>): number => {
  let sum = 0;
  for (const child of listGroups(group) ?? []) {
    const directory = groupDirectory(child);
    const count = known.get(directory) ?? countTasks(child) + (countGroups(child) === 0 ? 0 : countBelow(child, known));
    known.set(directory, count);
    sum += count;
  }
  return sum;
};
