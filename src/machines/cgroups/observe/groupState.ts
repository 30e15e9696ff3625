import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { counterpart, groupFile } from '../groupDirectory.ts';
import { readSmallFile } from './readSmallFile.ts';

/** `freezing`: it has been told to, and something in it still runs, as what waits for a disk; only v1 says so. */
export type FreezerState = 'thawed' | 'freezing' | 'frozen';

const statesOfV1: Readonly<Partial<Record<string, FreezerState>>> = {
  THAWED: 'thawed',
  FREEZING: 'freezing',
  FROZEN: 'frozen',
};

const freezerStateV1 = (group: ControlGroup, hierarchies: readonly Hierarchy[]): FreezerState | undefined => {
  const hierarchy = hierarchies.find(({ version, controllers }) => version === 1 && controllers.includes('freezer'));
  const freezer = hierarchy === undefined ? undefined : counterpart(group, hierarchy);
  if (freezer === undefined) return undefined;
  return statesOfV1[readSmallFile(groupFile(freezer, 'freezer.state'))?.trim() ?? ''];
};

/** Whether the processes of a group are stopped by its freezer, or by that of a group above; undefined where nothing can freeze it. */
export const freezerState = (group: ControlGroup, hierarchies: readonly Hierarchy[]): FreezerState | undefined => {
  if (group.hierarchy.version === 1) return freezerStateV1(group, hierarchies);
  const digit = /^frozen (\d)$/mu.exec(readSmallFile(groupFile(group, 'cgroup.events')) ?? '')?.[1];
  return digit === undefined ? undefined : digit === '1' ? 'frozen' : 'thawed';
};
