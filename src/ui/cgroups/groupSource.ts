import { isDeepStrictEqual } from 'node:util';
import type { ControlGroup, Hierarchy } from '../../machines/cgroups/controlGroup.ts';
import { groupDirectory } from '../../machines/cgroups/groupDirectory.ts';
import { readHierarchies } from '../../machines/cgroups/hierarchies.ts';
import { isFrozen } from '../../machines/cgroups/observe/groupState.ts';
import { createKnownUnits } from '../../machines/cgroups/observe/knownUnits.ts';
import { countGroups, everyGroup, listGroups } from '../../machines/cgroups/observe/listGroups.ts';
import { placeInSystemd, type PlaceInSystemd, systemdRoot } from '../../machines/cgroups/observe/placeInSystemd.ts';
import { processesOfGroup, type ProcessesOfGroup } from '../../machines/cgroups/observe/processesOfGroup.ts';
import type { Usage } from '../../machines/cgroups/observe/usage.ts';
import { createUsageSampler } from '../../machines/cgroups/observe/usageSampler.ts';
import { watchDirectory } from '../../machines/machinectl/observe/watchDirectory.ts';

/** Where the view gets everything from; handed in, so that it can be tested without a host. */
export interface GroupSource {
  readonly hierarchies: () => readonly Hierarchy[];
  /** Reads anew what is mounted, and which units there are. Resolves with whether any unit came or went. */
  readonly lookAnew: () => Promise<boolean>;
  readonly children: (group: ControlGroup) => readonly ControlGroup[] | undefined;
  /** How many children it has, much cheaper than their names; undefined where it has gone. */
  readonly count: (group: ControlGroup) => number | undefined;
  readonly every: (group: ControlGroup) => Iterable<ControlGroup>;
  readonly processes: (group: ControlGroup, atMost: number) => ProcessesOfGroup | undefined;
  readonly place: (group: ControlGroup) => PlaceInSystemd;
  readonly isFrozen: (group: ControlGroup) => boolean;
  readonly sample: (groups: ReadonlyMap<string, ControlGroup>) => Promise<ReadonlyMap<string, Usage>>;
  readonly sampleMore: (groups: ReadonlyMap<string, ControlGroup>) => ReadonlyMap<string, Usage>;
  /** Closes what sampling holds open. */
  readonly rest: () => void;
  /** Tells when groups came, went or were frozen in this one, or processes of its own did, as far as the kernel says so. */
  readonly watch: (group: ControlGroup, onEvent: () => void) => () => void;
}

const controllersFile = 'cgroup.subtree_control';
const tellingFiles = new Set(['cgroup.procs', 'cgroup.events', 'tasks']);

export const createGroupSource = (): GroupSource => {
  const state = { hierarchies: readHierarchies() };
  const units = createKnownUnits();
  const sampler = createUsageSampler(() => state.hierarchies);
  return {
    hierarchies: () => state.hierarchies,
    lookAnew: () => {
      // Those that are as they were stay the same objects, and with them the rows.
      state.hierarchies = readHierarchies().map(
        (hierarchy) => state.hierarchies.find((known) => isDeepStrictEqual(known, hierarchy)) ?? hierarchy,
      );
      sampler.lookAnew();
      return state.hierarchies[0] !== undefined && systemdRoot(state.hierarchies[0]) !== undefined
        ? units.refresh()
        : Promise.resolve(false);
    },
    children: listGroups,
    count: countGroups,
    every: everyGroup,
    processes: processesOfGroup,
    place: (group) => placeInSystemd(group, systemdRoot(group.hierarchy), units.has),
    isFrozen: (group) => isFrozen(group, state.hierarchies),
    sample: (groups) => sampler.sample(groups),
    sampleMore: (groups) => sampler.sampleMore(groups),
    rest: () => sampler.close(),
    watch: (group, onEvent) => {
      const watched = watchDirectory(groupDirectory(group), (event) => {
        if (event.kind === 'entries') {
          if (event.entries.has(controllersFile)) sampler.lookAnew();
          // Others of its files are written to as well, each time that memory is reclaimed.
          const tells = [...event.entries].some(([name, type]) => type === 'rename' || tellingFiles.has(name));
          if (!tells) return;
        }
        onEvent();
      });
      return watched.close;
    },
  };
};
