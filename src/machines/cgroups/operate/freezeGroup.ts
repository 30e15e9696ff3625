import { setTimeout as sleep } from 'node:timers/promises';
import { ignoreOutput } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { groupFile } from '../groupDirectory.ts';
import type { GroupChange } from './groupChange.ts';
import { exists, groupExists, readCount, readGroupFile } from './groupFiles.ts';
import { managerOptions, ownerOf } from './groupOwner.ts';
import { lookAtGroup, type SeenGroup } from './seen.ts';

/** Milliseconds; a process that waits for a disk freezes only after that. */
const patienceMs = 10_000;

/** Whether everything in the group stands still; undefined where this group cannot be frozen at all. */
export const isFrozen = async (group: ControlGroup): Promise<boolean | undefined> => {
  if (group.hierarchy.version === 2) {
    const frozen = await readCount(group, 'cgroup.events', 'frozen');
    return frozen === undefined ? undefined : frozen === 1;
  }
  const state = await readGroupFile(group, 'freezer.state');
  return state === undefined ? undefined : state === 'FROZEN';
};

/**
 * The group by which this one is frozen: itself on v2; on v1 that of the same path in the hierarchy of the freezer.
 * @throws MachineError noSuchGroup where there is none
 */
export const freezable = async (group: SeenGroup, hierarchies: readonly Hierarchy[]): Promise<SeenGroup> => {
  if (group.hierarchy.version === 2 || group.hierarchy.controllers.includes('freezer')) return group;
  const hierarchy = hierarchies.find(({ version, controllers }) => version === 1 && controllers.includes('freezer'));
  const other = hierarchy === undefined ? undefined : { hierarchy, path: group.path };
  if (other !== undefined && other.path !== '/' && (await groupExists(other))) return other;
  throw new MachineError({ kind: 'noSuchGroup', path: `freezer:${group.path}` });
};

const settled = async (group: ControlGroup, wanted: boolean, signal: AbortSignal): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  while ((await isFrozen(group)) !== wanted) {
    if (signal.aborted) throw new MachineError({ kind: 'cancelled' });
    if (performance.now() > deadline) {
      const expected = wanted ? 'frozen' : 'thawed';
      throw new MachineError({ kind: 'noEffect', name: group.path, expected, found: wanted ? 'thawed' : 'frozen' });
    }
    await sleep(20);
  }
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
): Promise<GroupChange> => {
  const group = await lookAtGroup(await freezable(given, hierarchies));
  const name = group.path;
  const settle = (signal: AbortSignal): Promise<void> => settled(group, wanted, signal);
  const owner = ownerOf(group);
  if (owner.kind === 'unit' && group.hierarchy.version === 2) {
    const args = [...managerOptions(owner.unit), wanted ? 'freeze' : 'thaw', '--', owner.unit.name];
    const polkitActions = ['org.freedesktop.systemd1.manage-units'];
    return {
      name,
      how: { command: { file: 'systemctl', args, parse: ignoreOutput, acts: true } },
      polkitActions,
      settle,
    };
  }
  const isV2 = group.hierarchy.version === 2;
  const file = isV2 ? 'cgroup.freeze' : 'freezer.state';
  const path = groupFile(group, file);
  if (!(await exists(path))) throw new MachineError({ kind: 'kernelRefused', path, code: 'ENOENT' });
  const text = isV2 ? (wanted ? '1' : '0') : wanted ? 'FROZEN' : 'THAWED';
  return { name, how: { steps: [{ kind: 'write', group, file, text }] }, settle };
};
