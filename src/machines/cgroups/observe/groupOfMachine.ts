import type { Machine } from '../../machine.ts';
import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { unescapeGroup } from './groupName.ts';
import { mainGroupOfProcess } from './groupOfProcess.ts';

/**
 * The group of a machine: that of its unit, or the one that was made for it without a unit, not the one below it in which the machine's
 * own system has put its first process. Undefined where the machine has ended.
 */
export const groupOfMachine = (
  { leader, unit, group: name }: Pick<Machine, 'leader' | 'unit' | 'group'>,
  hierarchies: readonly Hierarchy[],
): ControlGroup | undefined => {
  const group = leader === undefined ? undefined : mainGroupOfProcess(leader, hierarchies);
  if (group === undefined) return undefined;
  const names = group.path.split('/');
  const place = names.findIndex((one) => (unit === undefined ? one === name : unescapeGroup(one) === unit));
  return place === -1 ? group : { ...group, path: names.slice(0, place + 1).join('/') };
};
