import { isDeepStrictEqual } from 'node:util';
import type { ControlGroup, Hierarchy } from '../../machines/cgroups/controlGroup.ts';
import { groupDirectory } from '../../machines/cgroups/groupDirectory.ts';
import { parentPath } from '../../machines/cgroups/observe/groupName.ts';
import type { ProcessInGroup } from '../../machines/cgroups/observe/processFacts.ts';
import type { Usage } from '../../machines/cgroups/observe/usage.ts';
import type { L10n } from '../tree/row.ts';
import type { GroupSource } from './groupSource.ts';
import { usageText } from './groupWords.ts';
import {
  type CgroupNode,
  cgroupNodeId,
  type ControlGroupNode,
  type HierarchyNode,
  type NoteNode,
  type ProcessNode,
} from './node.ts';

export type OpenableGroupNode = HierarchyNode | ControlGroupNode;

/** What stands below a group that was opened, as it was last read. */
interface Opened {
  readonly node: OpenableGroupNode;
  /** False while the row is closed; what was read is kept, because VS Code keeps it too. */
  readonly expanded: boolean;
  readonly children: readonly ControlGroupNode[];
  readonly processes: readonly ProcessNode[];
  readonly notes: readonly NoteNode[];
  /** How many groups its directory said it held. */
  readonly count: number | undefined;
}

/** The groups that were opened, and the figures of all that is in sight. Free of vscode. */
export interface OpenedGroups {
  /** One and the same object for one group, because VS Code knows rows by it. */
  nodeOf(group: ControlGroup): OpenableGroupNode;
  parentOf(node: CgroupNode): OpenableGroupNode | undefined;
  /** What was read before, or is read now. */
  open(node: OpenableGroupNode): Opened;
  /** Where it is open: reads it anew, and tells whether that changed anything. */
  reread(node: OpenableGroupNode): boolean;
  rereadAll(): void;
  setExpanded(node: OpenableGroupNode, expanded: boolean): void;
  /** Undefined where nobody has opened it yet. */
  isExpanded(node: OpenableGroupNode): boolean | undefined;
  /** Those whose children are on the screen, or could be scrolled to. */
  inSight(): readonly Opened[];
  usageOf(group: ControlGroup): Usage | undefined;
  /** Reads figures of those that have none yet. */
  know(groups: readonly ControlGroup[]): void;
  isFrozen(group: ControlGroup): boolean;
  processOf(node: ProcessNode): ProcessInGroup | undefined;
  /** The row of a process, also where nobody has opened the group that it is in. */
  processNodeIn(node: OpenableGroupNode, pid: number): ProcessNode | undefined;
  /** One pass over all that is in sight. Resolves with the groups whose listing is another one now, and those with other figures to be shown. */
  sample(): Promise<{
    readonly relisted: readonly OpenableGroupNode[];
    readonly changed: readonly OpenableGroupNode[];
  }>;
  /** Forgets all figures and closes what is watched; what is open stays known. */
  rest(): void;
}

export interface OpenedGroupsOptions {
  readonly source: GroupSource;
  readonly l10n: L10n;
}

// More rows than that nobody reads; the number of the others is told.
const mostProcesses = 500;

const keyOf = groupDirectory;

const isSameHierarchy = (one: Hierarchy, other: Hierarchy): boolean => one === other || isDeepStrictEqual(one, other);

const same = (one: readonly CgroupNode[], other: readonly CgroupNode[]): boolean =>
  one.length === other.length && one.every((node, index) => node === other[index]);

export const createOpenedGroups = ({ source, l10n }: OpenedGroupsOptions): OpenedGroups => {
  const nodes = new Map<string, OpenableGroupNode>();
  const rows = new Map<string, ProcessNode>();
  const notes = new Map<string, NoteNode>();
  const facts = new WeakMap<ProcessNode, ProcessInGroup>();
  const opened = new Map<string, Opened>();
  const frozen = new Set<string>();
  const state: { usages: ReadonlyMap<string, Usage> } = { usages: new Map() };

  const textOf = (usage: Usage | undefined): string => usageText(usage, l10n);

  const nodeOf = (group: ControlGroup): OpenableGroupNode => {
    const key = keyOf(group);
    const known = nodes.get(key);
    // Whoever asks may have read the hierarchies anew: their objects are others, and say the same.
    if (known !== undefined && isSameHierarchy(known.group.hierarchy, group.hierarchy)) return known;
    const node: OpenableGroupNode = { kind: group.path === '/' ? 'hierarchy' : 'controlGroup', group };
    nodes.set(key, node);
    return node;
  };
  const childNodes = (groups: readonly ControlGroup[]): readonly ControlGroupNode[] =>
    groups.map(nodeOf).filter((node) => node.kind === 'controlGroup');

  const processNode = (group: ControlGroup, process: ProcessInGroup): ProcessNode => {
    const fresh: ProcessNode = { kind: 'process', group, pid: process.pid, startTime: process.startTime };
    const id = cgroupNodeId(fresh);
    const node = rows.get(id) ?? fresh;
    rows.set(id, node);
    facts.set(node, process);
    return node;
  };
  const note = (group: ControlGroup, message: string): NoteNode => {
    const fresh: NoteNode = { kind: 'cgroupNote', group, message };
    const id = cgroupNodeId(fresh);
    const node = notes.get(id) ?? fresh;
    notes.set(id, node);
    return node;
  };

  const notesOf = (group: ControlGroup, isEmpty: boolean, read: ReturnType<GroupSource['processes']>): NoteNode[] => {
    if (read === undefined) return [note(group, l10n.t('This group cannot be read, or has gone.'))];
    const words: string[] = [];
    if (read.more > 0) words.push(l10n.t('{0} more processes', read.more));
    if (read.foreign > 0) words.push(l10n.t('{0} processes of other PID namespaces', read.foreign));
    if (read.kernelThreads > 0) words.push(l10n.t('{0} threads of the kernel', read.kernelThreads));
    if (isEmpty && words.length === 0) words.push(l10n.t('Nothing in it'));
    return words.map((message) => note(group, message));
  };

  const know = (groups: readonly ControlGroup[]): void => {
    const fresh = groups.filter((group) => !state.usages.has(keyOf(group)));
    if (fresh.length === 0) return;
    const more = source.sampleMore(new Map(fresh.map((group) => [keyOf(group), group])));
    state.usages = new Map([...state.usages, ...more]);
  };

  const readChildren = (group: ControlGroup): Pick<Opened, 'children' | 'count'> => {
    const count = source.count(group);
    const children = childNodes(source.children(group) ?? []);
    know(children.map((child) => child.group));
    for (const child of children) {
      if (source.isFrozen(child.group)) frozen.add(keyOf(child.group));
      else frozen.delete(keyOf(child.group));
    }
    return { children, count };
  };
  const readProcesses = (group: ControlGroup, hasChildren: boolean): Pick<Opened, 'processes' | 'notes'> => {
    const found = source.processes(group, mostProcesses);
    const processes = (found?.processes ?? []).map((process) => processNode(group, process));
    return { processes, notes: notesOf(group, !hasChildren && processes.length === 0, found) };
  };
  const read = (node: OpenableGroupNode, expanded: boolean): Opened => {
    const listed = readChildren(node.group);
    return { node, expanded, ...listed, ...readProcesses(node.group, listed.children.length > 0) };
  };

  const open = (node: OpenableGroupNode): Opened => {
    const key = keyOf(node.group);
    const known = opened.get(key) ?? read(node, true);
    opened.set(key, known);
    return known;
  };

  const forget = (node: ControlGroupNode): void => {
    const key = keyOf(node.group);
    for (const child of opened.get(key)?.children ?? []) forget(child);
    opened.delete(key);
    nodes.delete(key);
    frozen.delete(key);
  };

  const wordsOf = (processes: readonly ProcessNode[]): readonly string[] =>
    processes.map((process) => JSON.stringify(facts.get(process)));

  /** Puts `read` in the place of what was read before; tells whether processes or notes differ. */
  const renew = (before: Opened, renewed: () => Opened): boolean => {
    const words = wordsOf(before.processes);
    const now = renewed();
    opened.set(keyOf(before.node.group), now);
    for (const process of before.processes) if (!now.processes.includes(process)) rows.delete(cgroupNodeId(process));
    return (
      !same(before.processes, now.processes) ||
      !same(before.notes, now.notes) ||
      !isDeepStrictEqual(wordsOf(now.processes), words)
    );
  };

  const reread = (node: OpenableGroupNode): boolean => {
    const before = opened.get(keyOf(node.group));
    if (before === undefined) return false;
    const marks = before.children.map(({ group }) => frozen.has(keyOf(group)));
    const isRenewed = renew(before, () => read(node, before.expanded));
    const children = opened.get(keyOf(node.group))?.children ?? [];
    const kept = new Set(children);
    for (const child of before.children) if (!kept.has(child)) forget(child);
    return (
      isRenewed ||
      !same(before.children, children) ||
      children.some(({ group }, index) => frozen.has(keyOf(group)) !== marks[index])
    );
  };

  const rereadProcesses = (before: Opened): boolean =>
    renew(before, () => ({ ...before, ...readProcesses(before.node.group, before.children.length > 0) }));

  const parentOf = (node: CgroupNode): OpenableGroupNode | undefined => {
    if (node.kind === 'process' || node.kind === 'cgroupNote') return nodeOf(node.group);
    const path = parentPath(node.group.path);
    return path === undefined ? undefined : nodeOf({ ...node.group, path });
  };

  const isInSight = ({ node, expanded }: Opened): boolean => {
    if (!expanded) return false;
    const parent = parentOf(node);
    if (parent === undefined) return true;
    const above = opened.get(keyOf(parent.group));
    return above !== undefined && isInSight(above);
  };
  const inSight = (): readonly Opened[] => [...opened.values()].filter(isInSight);

  return {
    nodeOf,
    parentOf,
    open,
    reread,
    rereadAll: () => {
      for (const { node } of opened.values()) reread(node);
    },
    setExpanded: (node, expanded) => {
      const key = keyOf(node.group);
      const known = opened.get(key);
      if (known !== undefined) opened.set(key, { ...known, expanded });
    },
    isExpanded: (node) => opened.get(keyOf(node.group))?.expanded,
    inSight,
    know,
    usageOf: (group) => state.usages.get(keyOf(group)),
    isFrozen: (group) => frozen.has(keyOf(group)),
    processOf: (node) => facts.get(node),
    processNodeIn: ({ group }, pid) => readProcesses(group, true).processes.find((process) => process.pid === pid),
    sample: async () => {
      const before = state.usages;
      const wanted = new Map<string, ControlGroup>();
      const wantGroup = (group: ControlGroup): void => void wanted.set(keyOf(group), group);
      for (const hierarchy of source.hierarchies()) wantGroup({ hierarchy, path: '/' });
      for (const { children } of inSight()) for (const { group } of children) wantGroup(group);
      state.usages = await source.sample(wanted);
      // Processes come and go without a word of the kernel; groups as well, where somebody made them in another cgroup namespace.
      const relisted = inSight().flatMap((one) => {
        const isListed =
          one.count === source.count(one.node.group) &&
          one.children.every((child) => state.usages.has(keyOf(child.group)));
        return (isListed ? rereadProcesses(one) : reread(one.node)) ? [one.node] : [];
      });
      const changed = [...wanted.values()]
        .filter((group) => state.usages.has(keyOf(group)))
        .filter((group) => textOf(before.get(keyOf(group))) !== textOf(state.usages.get(keyOf(group))))
        .map(nodeOf);
      return { relisted, changed };
    },
    rest: () => {
      state.usages = new Map();
      source.rest();
    },
  };
};
