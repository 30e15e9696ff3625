import { type Image, isHidden } from '../../machines/image.ts';
import type { InventoryChange } from '../../machines/inventory.ts';
import type { FailedUnit, Machine } from '../../machines/machine.ts';
import { nameOf } from '../../machines/reference.ts';
import type { Settings } from '../settingDefaults.ts';
import {
  rowGroupOfKind,
  rowGroupOfMachine,
  listedImages,
  listedMachines,
  type MachineTraits,
  orderGroups,
  runningGroup,
  stoppedGroup,
} from './groups.ts';
import { hasFailedAlone } from './failedUnit.ts';
import { largestFirst, nameFilter } from './rowOrder.ts';
import { type RowGroupNode, type ImageNode, type MachineNode, nodeId } from './node.ts';
import { createRowLists, type PlacedRow } from './rowLists.ts';
import { createRunningImages } from './runningImages.ts';

/** How rows are chosen, grouped and sorted. */
export type Arrangement = Pick<
  Settings,
  'groupBy' | 'sortBy' | 'filter' | 'showHidden' | 'showHost' | 'showRunningOnly'
>;

export interface TreeSource {
  readonly machines: () => ReadonlyMap<string, Machine>;
  readonly images: () => ReadonlyMap<string, Image>;
  /** Units of machines that have failed, by the id of the machine. */
  readonly failed: () => ReadonlyMap<string, FailedUnit>;
  readonly traits: (machine: string) => MachineTraits;
}

/** What VS Code has to ask anew: the whole tree, or these rows; the children of a group come with it. */
export type Touched = 'everything' | readonly (RowGroupNode | MachineNode | ImageNode)[];

/** The tree as lists of ids, kept sorted while the inventory changes; free of vscode and of any text. */
export interface TreeModel {
  readonly arrangement: Arrangement;
  /** Sorts everything anew; the whole tree has to be asked then. */
  arrange(arrangement: Arrangement): void;
  /** Whether there is nothing that could be shown, whatever the filter: then the welcome content is. */
  isEmpty(): boolean;
  roots(): readonly (RowGroupNode | MachineNode | ImageNode)[];
  rowsOf(group: string): readonly (MachineNode | ImageNode)[];
  /** The lists that `roots` or the groups show, in their order. */
  listNames(): readonly string[];
  countOf(group: string): number;
  /** How many of the rows run, and how many rows there are. */
  counts(): { readonly running: number; readonly all: number };
  parentOf(node: MachineNode | ImageNode): RowGroupNode | undefined;
  /**
   * The one row on which this machine is seen: that of its image, or its own where it has none that is shown. A machine that has failed
   * and has no image has a row, too.
   */
  rowOfMachine(id: string): MachineNode | ImageNode | undefined;
  imageNode(id: string): ImageNode | undefined;
  /** By the id of a machine or an image, which a row keeps where it stands for both. */
  rowOfId(id: string): MachineNode | ImageNode | undefined;
  /** The machine that is seen on a row and runs. */
  machineOn(node: MachineNode | ImageNode): string | undefined;
  /** The rows of what changed with the last `apply`, also where their whole group or tree is asked anew. */
  rowsAbout(): readonly (MachineNode | ImageNode)[];
  apply(changes: readonly InventoryChange[]): Touched;
}

const isHost = (id: string): boolean => id === '.host';

export const createTreeModel = (source: TreeSource, initial: Arrangement): TreeModel => {
  const lists = createRowLists();
  const running = createRunningImages(source);
  const groupNodes = new Map<string, RowGroupNode>();
  // One row for each image: which machine is seen on the row of an image, and on the row of which image a machine is.
  const machineOnImage = new Map<string, string>();
  const imageOfMachine = new Map<string, string>();
  const state = { arrangement: initial, matches: nameFilter(initial.filter), shape: '', about: new Set<string>() };

  const mayShowMachine = (id: string): boolean => !isHost(id) || state.arrangement.showHost;
  const mayShowImage = (image: Image): boolean =>
    isHost(image.id) ? state.arrangement.showHost : !isHidden(image) || state.arrangement.showHidden;

  /** @param listed its part of the list without headings; `id` is that of the row */
  const groupOf = (id: string, machine: string | undefined, listed: string): string => {
    const { groupBy } = state.arrangement;
    if (groupBy === 'none') return listed;
    if (groupBy === 'kind') return rowGroupOfKind(id);
    return machine === undefined ? stoppedGroup : rowGroupOfMachine(groupBy, source.traits(machine));
  };
  const machineRow = (machine: Machine): PlacedRow => ({
    node: { kind: 'machine', id: machine.id },
    name: machine.name,
    kind: `machine/${machine.id}`,
    group: groupOf(machine.id, machine.id, listedMachines),
    rank: state.arrangement.sortBy === 'age' ? largestFirst(machine.since) : 0,
  });
  const failedRow = (id: string): PlacedRow => ({
    node: { kind: 'machine', id },
    name: nameOf(id),
    kind: `machine/${id}`,
    group: groupOf(id, undefined, listedMachines),
    rank: 0,
  });
  // By facts of the image alone: what runs from it now moves no row of the list without headings.
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
  const imageRow = (image: Image, machine: string | undefined): PlacedRow => ({
    node: { kind: 'image', id: image.id },
    name: image.name,
    kind: `image/${image.id}`,
    group: groupOf(image.id, machine, listedImages),
    rank: imageRank(image),
  });

  const placeMachine = (id: string): readonly string[] => {
    const machine = source.machines().get(id);
    const shown = machine !== undefined && !imageOfMachine.has(id) && mayShowMachine(id) && state.matches(machine.name);
    if (shown) return lists.place(machineRow(machine));
    const failed =
      !state.arrangement.showRunningOnly && hasFailedAlone(source, running, id) && state.matches(nameOf(id));
    return failed ? lists.place(failedRow(id)) : lists.remove(`machine/${id}`);
  };
  const placeImage = (id: string): readonly string[] => {
    const image = source.images().get(id);
    const machine = machineOnImage.get(id);
    const shown =
      image !== undefined &&
      mayShowImage(image) &&
      (machine !== undefined || !state.arrangement.showRunningOnly) &&
      (state.matches(image.name) || (machine !== undefined && state.matches(nameOf(machine))));
    return shown ? lists.place(imageRow(image, machine)) : lists.remove(`image/${id}`);
  };
  const claimOf = (id: string): string | undefined => {
    const image = source.images().get(id);
    return image === undefined || !mayShowImage(image) ? undefined : running.machineOf(image);
  };
  /** Finds out anew which machine runs from an image; returns the machines that are seen on another row now. */
  const tie = (id: string): readonly string[] => {
    const before = machineOnImage.get(id);
    const claim = claimOf(id);
    // A machine is seen on one row only: where two images could be its own, the first keeps it.
    const holder = claim === undefined ? undefined : imageOfMachine.get(claim);
    const now = holder !== undefined && holder !== id && claimOf(holder) === claim ? undefined : claim;
    if (before === now) return [];
    if (before !== undefined && imageOfMachine.get(before) === id) imageOfMachine.delete(before);
    if (now === undefined) machineOnImage.delete(id);
    else {
      if (holder !== undefined) machineOnImage.delete(holder);
      machineOnImage.set(id, now);
      imageOfMachine.set(now, id);
    }
    return [before, now].flatMap((machine) => machine ?? []);
  };

  const isEmpty = (): boolean => {
    for (const id of source.machines().keys()) if (mayShowMachine(id)) return false;
    for (const image of source.images().values()) if (mayShowImage(image)) return false;
    for (const id of source.failed().keys()) if (hasFailedAlone(source, running, id)) return false;
    return true;
  };

  const groupNames = (): readonly string[] => {
    const { groupBy, showRunningOnly } = state.arrangement;
    if (isEmpty() || groupBy === 'none') return [];
    const stopped = showRunningOnly || groupBy === 'kind' ? [] : [stoppedGroup];
    const fixed = [...(groupBy === 'state' ? [runningGroup] : []), ...stopped];
    return orderGroups(new Set([...fixed, ...lists.groups.keys()]));
  };
  const listNames = (): readonly string[] =>
    state.arrangement.groupBy === 'none' ? [listedImages, listedMachines] : groupNames();
  const groupNode = (group: string): RowGroupNode => {
    const node = groupNodes.get(group) ?? { kind: 'group', group };
    groupNodes.set(group, node);
    return node;
  };
  const rowsOf = (group: string): readonly (MachineNode | ImageNode)[] =>
    (lists.groups.get(group) ?? []).map((row) => row.node);
  const rowNode = (id: string): MachineNode | ImageNode | undefined => lists.get(id)?.node;
  const imageNode = (id: string): ImageNode | undefined => {
    const node = rowNode(`image/${id}`);
    return node?.kind === 'image' ? node : undefined;
  };
  const rowOfMachine = (id: string): MachineNode | ImageNode | undefined => {
    const image = imageOfMachine.get(id);
    return rowNode(image === undefined ? `machine/${id}` : `image/${image}`);
  };
  const machineOn = (node: MachineNode | ImageNode): string | undefined =>
    node.kind === 'image' ? machineOnImage.get(node.id) : source.machines().has(node.id) ? node.id : undefined;
  const shape = (): string => groupNames().join('\n');

  const arrange = (arrangement: Arrangement): void => {
    state.arrangement = arrangement;
    state.matches = nameFilter(arrangement.filter);
    lists.clear();
    running.rebuild();
    machineOnImage.clear();
    imageOfMachine.clear();
    for (const id of source.images().keys()) tie(id);
    for (const id of new Set([...source.machines().keys(), ...source.failed().keys()])) placeMachine(id);
    for (const id of source.images().keys()) placeImage(id);
    state.shape = shape();
  };

  const apply = (changes: readonly InventoryChange[]): Touched => {
    const machines = new Set<string>();
    const images = new Set<string>();
    const drawn = new Set<string>();
    for (const change of changes) {
      switch (change.kind) {
        case 'availability':
          break;
        case 'machineAdded':
        case 'machineChanged':
        case 'machineRemoved':
          machines.add(change.id);
          for (const image of running.machineTouched(change.id)) images.add(image);
          break;
        case 'imageAdded':
        case 'imageChanged':
        case 'imageRemoved':
          for (const image of running.imageTouched(change.id)) images.add(image);
          drawn.add(`image/${change.id}`);
          // What failed without an image may have one now, and the other way round.
          for (const id of source.failed().keys()) machines.add(id);
          break;
        case 'bootStateChanged':
          drawn.add(`image/${change.id}`);
          drawn.add(`machine/${change.id}`);
          break;
        case 'unitFailed':
        case 'unitRecovered':
          machines.add(change.id);
          for (const image of running.imagesMeant(change.id, change.image)) drawn.add(`image/${image}`);
          break;
      }
    }
    // A machine that one image gives up may be another's, whichever of them comes first.
    for (let round = 0; round < 2; round++) {
      for (const image of [...images]) {
        const machinesMoved = tie(image);
        for (const machine of machinesMoved) machines.add(machine);
        if (machinesMoved.length > 0) drawn.add(`image/${image}`);
      }
    }
    state.about = drawn;
    const groups = new Set<string>();
    for (const id of machines) {
      for (const group of placeMachine(id)) groups.add(group);
      const image = imageOfMachine.get(id);
      if (image !== undefined) images.add(image);
      drawn.add(image === undefined ? `machine/${id}` : `image/${image}`);
    }
    for (const id of images) for (const group of placeImage(id)) groups.add(group);
    const old = state.shape;
    state.shape = shape();
    if (state.shape !== old || (state.arrangement.groupBy === 'none' && groups.size > 0)) return 'everything';
    const single = [...drawn].flatMap((id) => {
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
    roots: () => (state.arrangement.groupBy === 'none' ? listNames().flatMap(rowsOf) : groupNames().map(groupNode)),
    rowsOf,
    listNames,
    countOf: (group) => lists.groups.get(group)?.length ?? 0,
    counts: () => {
      const rows = [...lists.groups.values()].flat().map(({ node }) => node);
      const runs = rows.filter((node) => machineOn(node) !== undefined);
      return { running: runs.length, all: rows.length };
    },
    parentOf: (node) => {
      const row = lists.get(nodeId(node));
      return row === undefined || state.arrangement.groupBy === 'none' ? undefined : groupNode(row.group);
    },
    rowOfMachine,
    imageNode,
    rowOfId: (rowId) => {
      const slash = rowId.indexOf('/');
      const id = rowId.slice(slash + 1);
      return rowId.slice(0, slash) === 'machine' ? rowOfMachine(id) : imageNode(id);
    },
    machineOn,
    rowsAbout: () => [...state.about].flatMap((id) => rowNode(id) ?? []),
    apply,
  };
};
