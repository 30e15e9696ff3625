import { type Image, isHidden } from '../../machines/image.ts';
import type { InventoryChange } from '../../machines/inventory.ts';
import type { Machine } from '../../machines/machine.ts';
import type { Settings } from '../settingDefaults.ts';
import { groupOfMachine, imagesGroup, type MachineTraits, orderGroups, runningGroup } from './groups.ts';
import { nameFilter } from './nameFilter.ts';
import { type GroupNode, type ImageNode, type MachineNode, nodeId } from './node.ts';
import { createRowLists, type Row } from './rowLists.ts';
import { largestFirst } from './rowOrder.ts';
import { createRunningImages } from './runningImages.ts';

/** How rows are chosen, grouped and sorted. */
export type Arrangement = Pick<Settings, 'groupBy' | 'sortBy' | 'filter' | 'showHidden' | 'showHost'>;

export interface TreeSource {
  readonly machines: () => ReadonlyMap<string, Machine>;
  readonly images: () => ReadonlyMap<string, Image>;
  readonly traits: (machine: string) => MachineTraits;
}

/** What VS Code has to ask anew: the whole tree, or these rows; the children of a group come with it. */
export type Touched = 'everything' | readonly (GroupNode | MachineNode | ImageNode)[];

/** The tree as lists of names, kept sorted while the inventory changes; free of vscode and of any text. */
export interface TreeModel {
  readonly arrangement: Arrangement;
  /** Sorts everything anew; the whole tree has to be asked then. */
  arrange(arrangement: Arrangement): void;
  /** Whether there is nothing that could be shown, whatever the filter: then the welcome content is. */
  isEmpty(): boolean;
  roots(): readonly (GroupNode | MachineNode | ImageNode)[];
  rowsOf(group: string): readonly (MachineNode | ImageNode)[];
  countOf(group: string): number;
  parentOf(node: MachineNode | ImageNode): GroupNode | undefined;
  machineNode(name: string): MachineNode | undefined;
  imageNode(name: string): ImageNode | undefined;
  /** The rows of what has changed, also where their whole group or tree is asked anew. */
  rowsAbout(changes: readonly InventoryChange[]): readonly (MachineNode | ImageNode)[];
  /** The machine that runs from this image. */
  machineOf(image: Image): string | undefined;
  apply(changes: readonly InventoryChange[]): Touched;
}

const isHost = (name: string): boolean => name === '.host';

export const createTreeModel = (source: TreeSource, initial: Arrangement): TreeModel => {
  const lists = createRowLists();
  const running = createRunningImages(source);
  const groupNodes = new Map<string, GroupNode>();
  // As which machine each image was last said to run, so that its row is drawn anew only when that is no longer so.
  const toldRunning = new Map<string, string | undefined>();
  const state = { arrangement: initial, matches: nameFilter(initial.filter), shape: '' };

  const mayShowMachine = (name: string): boolean => !isHost(name) || state.arrangement.showHost;
  const mayShowImage = (image: Image): boolean =>
    isHost(image.name) ? state.arrangement.showHost : !isHidden(image) || state.arrangement.showHidden;

  const machineRow = (machine: Machine): Row => ({
    node: { kind: 'machine', name: machine.name },
    name: machine.name,
    group: groupOfMachine(state.arrangement.groupBy, source.traits(machine.name)),
    rank: state.arrangement.sortBy === 'age' ? largestFirst(machine.since) : 0,
  });
  const imageRank = (image: Image): number => {
    switch (state.arrangement.sortBy) {
      case 'name':
        return 0;
      case 'age':
        return largestFirst(image.created);
      case 'size':
        return largestFirst(image.usage);
      case 'modified':
        return largestFirst(image.modified);
    }
  };

  const placeMachine = (name: string): readonly string[] => {
    const machine = source.machines().get(name);
    return machine !== undefined && mayShowMachine(name) && state.matches(name)
      ? lists.place(machineRow(machine))
      : lists.remove(`machine/${name}`);
  };
  const placeImage = (name: string): readonly string[] => {
    const image = source.images().get(name);
    return image !== undefined && mayShowImage(image) && state.matches(name)
      ? lists.place({ node: { kind: 'image', name }, name, group: imagesGroup, rank: imageRank(image) })
      : lists.remove(`image/${name}`);
  };

  const isEmpty = (): boolean => {
    for (const name of source.machines().keys()) if (mayShowMachine(name)) return false;
    for (const image of source.images().values()) if (mayShowImage(image)) return false;
    return true;
  };

  const groupNames = (): readonly string[] => {
    if (isEmpty()) return [];
    const fixed = state.arrangement.groupBy === 'state' ? [runningGroup, imagesGroup] : [imagesGroup];
    return orderGroups(new Set([...fixed, ...lists.groups.keys()]));
  };
  const groupNode = (group: string): GroupNode => {
    const node = groupNodes.get(group) ?? { kind: 'group', group };
    groupNodes.set(group, node);
    return node;
  };
  const rowsOf = (group: string): readonly (MachineNode | ImageNode)[] =>
    (lists.groups.get(group) ?? []).map((row) => row.node);
  const rowNode = (id: string): MachineNode | ImageNode | undefined => lists.get(id)?.node;
  const runsAs = (name: string): string | undefined => {
    const image = source.images().get(name);
    return image === undefined ? undefined : running.machineOf(image);
  };
  const runsOtherwise = (name: string): boolean => {
    const machine = runsAs(name);
    if (machine === toldRunning.get(name)) return false;
    toldRunning.set(name, machine);
    return true;
  };
  const shape = (): string => groupNames().join('\n');

  const arrange = (arrangement: Arrangement): void => {
    state.arrangement = arrangement;
    state.matches = nameFilter(arrangement.filter);
    lists.clear();
    running.rebuild();
    toldRunning.clear();
    for (const name of source.images().keys()) toldRunning.set(name, runsAs(name));
    for (const name of source.machines().keys()) placeMachine(name);
    for (const name of source.images().keys()) placeImage(name);
    state.shape = shape();
  };

  const apply = (changes: readonly InventoryChange[]): Touched => {
    const groups = new Set<string>();
    const rows = new Set<string>();
    for (const change of changes) {
      switch (change.kind) {
        case 'availability':
          break;
        case 'machineAdded':
        case 'machineChanged':
        case 'machineRemoved':
          for (const image of running.machineTouched(change.name)) if (runsOtherwise(image)) rows.add(`image/${image}`);
          for (const group of placeMachine(change.name)) groups.add(group);
          rows.add(`machine/${change.name}`);
          break;
        case 'imageAdded':
        case 'imageChanged':
        case 'imageRemoved':
          running.imageTouched(change.name);
          if (source.images().has(change.name)) toldRunning.set(change.name, runsAs(change.name));
          else toldRunning.delete(change.name);
          for (const group of placeImage(change.name)) groups.add(group);
          rows.add(`image/${change.name}`);
          break;
      }
    }
    const old = state.shape;
    state.shape = shape();
    if (state.shape !== old || (state.arrangement.groupBy === 'none' && groups.size > 0)) return 'everything';
    const single = [...rows].flatMap((id) => {
      const row = lists.get(id);
      return row === undefined || groups.has(row.group) ? [] : [row.node];
    });
    return [...[...groups].map(groupNode), ...single];
  };

  arrange(initial);
  return {
    get arrangement() {
      return state.arrangement;
    },
    arrange,
    isEmpty,
    roots: () =>
      state.arrangement.groupBy === 'none'
        ? [...rowsOf(runningGroup), ...rowsOf(imagesGroup)]
        : groupNames().map(groupNode),
    rowsOf,
    countOf: (group) => lists.groups.get(group)?.length ?? 0,
    parentOf: (node) => {
      const row = lists.get(nodeId(node));
      return row === undefined || state.arrangement.groupBy === 'none' ? undefined : groupNode(row.group);
    },
    machineNode: (name) => {
      const node = rowNode(`machine/${name}`);
      return node?.kind === 'machine' ? node : undefined;
    },
    imageNode: (name) => {
      const node = rowNode(`image/${name}`);
      return node?.kind === 'image' ? node : undefined;
    },
    rowsAbout: (changes) =>
      changes.flatMap((change) =>
        change.kind === 'availability'
          ? []
          : [`machine/${change.name}`, `image/${change.name}`].flatMap((id) => rowNode(id) ?? []),
      ),
    machineOf: (image) => running.machineOf(image),
    apply,
  };
};
