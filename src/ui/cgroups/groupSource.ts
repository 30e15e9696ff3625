import { isDeepStrictEqual } from 'node:util';
import type { ControlGroup, Hierarchy } from '../../machines/cgroups/controlGroup.ts';
import { groupDirectory } from '../../machines/cgroups/groupDirectory.ts';
import { createGroupOwners, type OwnerOf } from '../../machines/cgroups/groupOwner.ts';
import { readHierarchies } from '../../machines/cgroups/hierarchies.ts';
import { createCommandLines } from '../../machines/cgroups/observe/commandLines.ts';
import { freezerState } from '../../machines/cgroups/observe/groupState.ts';
import { countGroups, everyGroup, listGroups } from '../../machines/cgroups/observe/listGroups.ts';
import { processesOfGroup, type ProcessesOfGroup } from '../../machines/cgroups/observe/processesOfGroup.ts';
import type { Usage } from '../../machines/cgroups/observe/usage.ts';
import { createUsageSampler } from '../../machines/cgroups/observe/usageSampler.ts';
import { watchDirectory } from '../../machines/host/watchDirectory.ts';

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
  readonly ownerOf: OwnerOf;
  /** Calls back when what `ownerOf` said of some group turns out to be wrong: it has the name of a unit, and systemd knows of none. */
  readonly onMisplaced: (listener: () => void) => void;
  /** Calls back when command lines of processes have come, or others than before. */
  readonly onCommandLines: (listener: () => void) => void;
  /** Whether its freezer holds it, or is about to: then it can be thawed. */
  readonly isFrozen: (group: ControlGroup) => boolean;
  readonly sample: (groups: ReadonlyMap<string, ControlGroup>) => Promise<ReadonlyMap<string, Usage>>;
  readonly sampleMore: (groups: ReadonlyMap<string, ControlGroup>) => ReadonlyMap<string, Usage>;
  /** Closes what sampling holds open. */
  readonly rest: () => void;
  /** Tells when groups came, went or were frozen in this one, or processes of its own did, as far as the kernel says so. */
  readonly watch: (group: ControlGroup, onEvent: () => void) => () => void;
}

const controllersFile = 'cgroup.subtree_control';
const tellingFiles = new Set(['cgroup.procs', 'cgroup.events', 'tasks', 'freezer.state']);

export const createGroupSource = (): GroupSource => {
  // Read when they are first asked for: that is when the view is shown, not when VS Code starts.
  const state: { hierarchies: readonly Hierarchy[] | undefined; onDenied: () => void } = {
    hierarchies: undefined,
    onDenied: () => undefined,
  };
  const hierarchies = (): readonly Hierarchy[] => (state.hierarchies ??= readHierarchies());
  const owners = createGroupOwners(() => state.onDenied());
  const sampler = createUsageSampler(hierarchies);
  const commandLines = createCommandLines();
  return {
    hierarchies,
    lookAnew: () => {
      // Those that are as they were stay the same objects, and with them the rows.
      const known = hierarchies();
      state.hierarchies = readHierarchies().map(
        (hierarchy) => known.find((one) => isDeepStrictEqual(one, hierarchy)) ?? hierarchy,
      );
      sampler.lookAnew();
      return owners.refresh();
    },
    children: listGroups,
    count: countGroups,
    every: everyGroup,
    processes: (group, atMost) => processesOfGroup(group, atMost, commandLines.of),
    onCommandLines: commandLines.onNews,
    ownerOf: owners.ownerOf,
    onMisplaced: (listener) => {
      state.onDenied = listener;
    },
    isFrozen: (group) => ['frozen', 'freezing'].includes(freezerState(group, hierarchies()) ?? ''),
    sample: (groups) => sampler.sample(groups),
    sampleMore: (groups) => sampler.sampleMore(groups),
    rest: () => {
      sampler.close();
      commandLines.forget();
    },
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
