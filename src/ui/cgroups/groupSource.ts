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
  /** Calls back when what `place` said of some group turns out to be wrong: it has the name of a unit, and systemd knows of none. */
  readonly onMisplaced: (listener: () => void) => void;
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
  // Read when they are first asked for: that is when the view is shown, not when VS Code starts.
  const state: { hierarchies: readonly Hierarchy[] | undefined; onDenied: () => void } = {
    hierarchies: undefined,
    onDenied: () => undefined,
  };
  const hierarchies = (): readonly Hierarchy[] => (state.hierarchies ??= readHierarchies());
  const units = createKnownUnits(() => state.onDenied());
  const roots = new Map<Hierarchy, string | undefined>();
  const rootOf = (hierarchy: Hierarchy): string | undefined => {
    if (!roots.has(hierarchy)) roots.set(hierarchy, systemdRoot(hierarchy));
    return roots.get(hierarchy);
  };
  const sampler = createUsageSampler(hierarchies);
  return {
    hierarchies,
    lookAnew: () => {
      // Those that are as they were stay the same objects, and with them the rows.
      const known = hierarchies();
      const [first] = (state.hierarchies = readHierarchies().map(
        (hierarchy) => known.find((one) => isDeepStrictEqual(one, hierarchy)) ?? hierarchy,
      ));
      sampler.lookAnew();
      roots.clear();
      return first !== undefined && rootOf(first) !== undefined ? units.refresh() : Promise.resolve(false);
    },
    children: listGroups,
    count: countGroups,
    every: everyGroup,
    processes: processesOfGroup,
    place: (group) => placeInSystemd(group, rootOf(group.hierarchy), units.has),
    onMisplaced: (listener) => {
      state.onDenied = listener;
    },
    isFrozen: (group) => isFrozen(group, hierarchies()),
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
