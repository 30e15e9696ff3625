import { MachineError } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import { waitUntil } from '../../waitUntil.ts';
import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { counterpart, groupFile } from '../groupDirectory.ts';
import type { OwnerOf } from '../groupOwner.ts';
import { freezerState } from '../observe/groupState.ts';
import { exists, groupExists } from './groupFiles.ts';
import { byKernel, bySystemd } from './groupOperation.ts';
import { lookAtGroup, type SeenGroup } from './seen.ts';

/** Milliseconds; a process that waits for a disk freezes only after that. */
const limitMs = 10_000;

/** The counterpart of a group of v1 in the hierarchy of the freezer, where there is such a hierarchy. */
const inFreezer = (group: ControlGroup, hierarchies: readonly Hierarchy[]): ControlGroup | undefined => {
  const hierarchy = hierarchies.find(({ version, controllers }) => version === 1 && controllers.includes('freezer'));
  const other = hierarchy === undefined ? undefined : counterpart(group, hierarchy);
  return other?.path === '/' ? undefined : other;
};

/** What would have to be made so that a group can be frozen: its counterpart in the hierarchy of the freezer, where that is missing. */
export const missingFreezer = async (
  group: ControlGroup,
  hierarchies: readonly Hierarchy[],
): Promise<ControlGroup | undefined> => {
  if (group.hierarchy.version === 2) return undefined;
  const other = inFreezer(group, hierarchies);
  return other === undefined || (await groupExists(other)) ? undefined : other;
};

/**
 * The group by which this one is frozen: itself on v2; on v1 its counterpart in the hierarchy of the freezer.
 * @throws MachineError noSuchGroup where there is none
 */
const freezable = async (group: SeenGroup, hierarchies: readonly Hierarchy[]): Promise<SeenGroup> => {
  if (group.hierarchy.version === 2 || group.hierarchy.controllers.includes('freezer')) return group;
  const other = inFreezer(group, hierarchies);
  if (other !== undefined && (await groupExists(other))) return other;
  throw new MachineError({ kind: 'noSuchGroup', path: `freezer:${group.path}` });
};

const settled = async (
  group: ControlGroup,
  wanted: 'frozen' | 'thawed',
  hierarchies: readonly Hierarchy[],
  signal: AbortSignal,
): Promise<void> => {
  const isSo = (): Promise<boolean> => Promise.resolve(freezerState(group, hierarchies) === wanted);
  if (await waitUntil(isSo, { signal, limitMs })) return;
  const found = freezerState(group, hierarchies) ?? 'gone';
  throw new MachineError({ kind: 'noEffect', name: group.path, expected: wanted, found });
};

/**
 * Stops all processes of a group and below where they stand, or lets them go on. A unit is frozen through systemd, which
 * remembers it.
 * @throws MachineError noSuchGroup, kernelRefused with ENOENT where this kernel cannot freeze
 */
export const freezeGroup = async (
  given: SeenGroup,
  wanted: boolean,
  hierarchies: readonly Hierarchy[],
  ownerOf: OwnerOf,
): Promise<Operation> => {
  const group = await lookAtGroup(await freezable(given, hierarchies));
  const settle = (signal: AbortSignal): Promise<void> =>
    settled(group, wanted ? 'frozen' : 'thawed', hierarchies, signal);
  const owner = ownerOf(group);
  const isV2 = group.hierarchy.version === 2;
  if (owner.kind === 'unit' && isV2) return bySystemd(owner.unit, [wanted ? 'freeze' : 'thaw'], settle);
  const file = isV2 ? 'cgroup.freeze' : 'freezer.state';
  const path = groupFile(group, file);
  if (!(await exists(path))) throw new MachineError({ kind: 'kernelRefused', path, code: 'ENOENT' });
  const text = isV2 ? (wanted ? '1' : '0') : wanted ? 'FROZEN' : 'THAWED';
  return byKernel(group.path, [{ kind: 'write', group, file, text }], settle);
};
