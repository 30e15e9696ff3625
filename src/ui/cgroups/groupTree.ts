import type { ControlGroup } from '../../machines/cgroups/controlGroup.ts';
import { groupDirectory } from '../../machines/cgroups/groupDirectory.ts';
import { lastName, parentPath, readableName } from '../../machines/cgroups/observe/groupName.ts';
import { inSlices } from '../../machines/host/boundedReads.ts';
import type { Settings } from '../settingDefaults.ts';
import { compareRows, largestFirst, nameFilter } from '../tree/rowOrder.ts';
import type { GroupSource } from './groupSource.ts';
import type { CgroupNode, ControlGroupNode } from './node.ts';
import type { OpenableGroupNode, OpenedGroups } from './openedGroups.ts';

/** How rows are chosen and sorted. */
export interface CgroupArrangement {
  readonly sortBy: Settings['cgroups.sortBy'];
  readonly showEmpty: boolean;
  /** Words that a group, or one below it, must hold. */
  readonly filter: string;
}

/** Which of the groups that were read are shown, and in which order. */
export interface GroupTree {
  readonly arrangement: CgroupArrangement;
  /** With a filter this walks through all groups, in slices; the promise is for the end of that. */
  arrange(arrangement: CgroupArrangement): Promise<void>;
  roots(): readonly OpenableGroupNode[];
  /** Reads where nothing was read before. */
  childrenOf(node: OpenableGroupNode): readonly CgroupNode[];
  /** Whether a row is shown opened although nobody has opened it: the first hierarchy, and what leads to groups that a filter shows. */
  opensItself(node: OpenableGroupNode): boolean;
}

const isFiltered = (filter: string): boolean => filter.trim() !== '';

export const createGroupTree = (source: GroupSource, opened: OpenedGroups, initial: CgroupArrangement): GroupTree => {
  const state = {
    arrangement: initial,
    matches: nameFilter(initial.filter),
    /** Directories of groups that match, and of all above them. */
    matching: new Set<string>(),
    above: new Set<string>(),
  };

  const isMatch = (group: ControlGroup): boolean => {
    const name = lastName(group.path);
    return group.path !== '/' && state.matches(`${name} ${readableName(name)}`);
  };

  const walk = async (): Promise<void> => {
    const { arrangement } = state;
    const [matching, above] = [new Set<string>(), new Set<string>()];
    for (const hierarchy of source.hierarchies())
      await inSlices(source.every({ hierarchy, path: '/' }), (group) => {
        if (!isMatch(group)) return;
        matching.add(groupDirectory(group));
        for (let path = parentPath(group.path); path !== undefined; path = parentPath(path))
          above.add(groupDirectory({ hierarchy, path }));
      });
    // The late answer to an older question does not count.
    if (state.arrangement === arrangement) Object.assign(state, { matching, above });
  };

  const isBelowMatch = (group: ControlGroup): boolean => {
    for (let path: string | undefined = group.path; path !== undefined; path = parentPath(path))
      if (isMatch({ ...group, path })) return true;
    return false;
  };
  const isShown = ({ group }: ControlGroupNode): boolean => {
    const { filter, showEmpty } = state.arrangement;
    if (!showEmpty && opened.usageOf(group)?.tasks === 0) return false;
    return !isFiltered(filter) || state.above.has(groupDirectory(group)) || isBelowMatch(group);
  };

  const rankOf = (group: ControlGroup): number => {
    switch (state.arrangement.sortBy) {
      case 'name':
        return 0;
      case 'memory':
        return largestFirst(opened.usageOf(group)?.memory);
      case 'cpu':
        return largestFirst(opened.usageOf(group)?.cpu);
    }
  };
  const inOrder = (children: readonly ControlGroupNode[]): readonly ControlGroupNode[] =>
    children
      .map((node) => ({ node, rank: rankOf(node.group), name: readableName(lastName(node.group.path)) }))
      .sort(compareRows)
      .map(({ node }) => node);

  return {
    get arrangement() {
      return state.arrangement;
    },
    arrange: async (arrangement) => {
      state.arrangement = arrangement;
      state.matches = nameFilter(arrangement.filter);
      if (isFiltered(arrangement.filter)) await walk();
    },
    roots: () => source.hierarchies().map((hierarchy) => opened.nodeOf({ hierarchy, path: '/' })),
    childrenOf: (node) => {
      const { children, processes, notes } = opened.open(node);
      const shown = inOrder(children.filter(isShown));
      // On the way to what a filter shows, processes are in the way.
      const isOnTheWay = isFiltered(state.arrangement.filter) && !isBelowMatch(node.group);
      // Groups first: there are few of them, and what is made or found is looked for among them.
      return isOnTheWay ? shown : [...shown, ...processes, ...notes];
    },
    opensItself: (node) =>
      isFiltered(state.arrangement.filter)
        ? state.above.has(groupDirectory(node.group))
        : node.kind === 'hierarchy' && node.group.hierarchy.mountPoint === source.hierarchies()[0]?.mountPoint,
  };
};
