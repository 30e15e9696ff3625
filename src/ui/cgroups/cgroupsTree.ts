import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { ControlGroup } from '../../machines/cgroups/controlGroup.ts';
import { groupDirectory } from '../../machines/cgroups/groupDirectory.ts';
import { groupOfProcess } from '../../machines/cgroups/observe/groupOfProcess.ts';
import { rowsToDraw } from '../rowMoves.ts';
import type { Row } from '../tree/row.ts';
import { treeItem } from '../tree/treeItem.ts';
import {
  type GroupFacts,
  cgroupRow,
  groupTooltip,
  hierarchyRow,
  noteRow,
  processRow,
  processTooltip,
} from './cgroupRow.ts';
import type { GroupSource } from './groupSource.ts';
import { type CgroupArrangement, createGroupTree } from './groupTree.ts';
import { type CgroupNode, cgroupNodeId } from './node.ts';
import { createOpenedGroups, type OpenableGroupNode } from './openedGroups.ts';
import { createSampleClock } from './sampleClock.ts';

export interface CgroupsTreeOptions {
  readonly source: GroupSource;
  readonly arrangement: CgroupArrangement;
  /** Milliseconds between two samples; 0 for never. */
  readonly intervalMs: () => number;
  readonly severalSelected: () => boolean;
  /** A failure that nobody waits for. */
  readonly onFailure: (failure: unknown) => void;
}

/** The rows of the view of control groups; they are kept current from `show` to `hide`. */
export interface CgroupsTree {
  readonly onDidChangeTreeData: vscode.Event<CgroupNode | CgroupNode[] | undefined>;
  getChildren(node: CgroupNode | undefined): CgroupNode[];
  getParent(node: CgroupNode): CgroupNode | undefined;
  getTreeItem(node: CgroupNode): vscode.TreeItem;
  resolveTreeItem(item: vscode.TreeItem, node: CgroupNode): vscode.TreeItem;
  show(): void;
  /** Reads nothing any more, and holds nothing open. */
  hide(): void;
  arrange(arrangement: CgroupArrangement): Promise<void>;
  /** Reads everything that is open anew. */
  askAnew(): Promise<void>;
  /** No row is drawn anew before the work is done. */
  quietly<Result>(work: () => Promise<Result>): Promise<Result>;
  /** The setting has changed. */
  setInterval(): void;
  setExpanded(node: CgroupNode, expanded: boolean): void;
  /** The row of a group, or of a process in it where it has one. */
  nodeOf(group: ControlGroup, pid: number | undefined): CgroupNode;
  dispose(): void;
}

// Where many groups come and go at once, as when a machine starts, their rows are drawn once for all of them.
const gatherMs = 100;
// VS Code forgets all rows below a row that is drawn anew until it has asked for them: a menu that is clicked meanwhile loses its row. So figures
// are drawn at every second sample, at every fourth where there are many rows, and for a while not at all after somebody has read a hover;
// always those of open and of closed rows together, so that what a group and the groups in it use adds up.
const passesBetweenDrawings = 2;
const manyRows = 400;
const passesBetweenManyRows = 4;

const isGroup = (node: CgroupNode): node is OpenableGroupNode =>
  node.kind === 'hierarchy' || node.kind === 'controlGroup';

export const createCgroupsTree = (options: CgroupsTreeOptions): CgroupsTree => {
  const { source } = options;
  const changed = new vscode.EventEmitter<CgroupNode | CgroupNode[] | undefined>();
  const opened = createOpenedGroups({ source, l10n: vscode.l10n });
  const tree = createGroupTree(source, opened, options.arrangement);
  const watches = new Map<string, () => void>();
  const touched = new Set<OpenableGroupNode>();
  const state: {
    shown: boolean;
    gathering: NodeJS.Timeout | undefined;
    /** Samples until figures are drawn. */
    passes: number;
    /** How much is under way during which no row may change. */
    quiet: number;
    /** All rows are to be drawn when that is done. */
    allWait: boolean;
    /** Rows whose figures have changed since they were drawn. */
    due: Set<OpenableGroupNode>;
  } = { shown: false, gathering: undefined, passes: 0, quiet: 0, allWait: false, due: new Set() };

  // What is to be drawn when VS Code has done what it would lose its way in if rows changed meanwhile.
  const waiting = new Set<CgroupNode>();
  const drawWaiting = (): void => {
    if (state.quiet > 0 || (waiting.size === 0 && !state.allWait)) return;
    const rows = state.allWait ? undefined : rowsToDraw([...waiting], options.severalSelected());
    state.allWait = false;
    waiting.clear();
    changed.fire(rows);
  };
  const fire = (nodes: Iterable<CgroupNode>): void => {
    for (const node of nodes) waiting.add(node);
    drawWaiting();
  };
  const fireAll = (): void => {
    state.allWait = true;
    drawWaiting();
  };

  const rowsInSight = (): number =>
    opened.inSight().reduce((sum, { children, processes }) => sum + children.length + processes.length, 0);
  /** The rows whose figures are drawn now: all that are due, or none while it is not their turn. */
  const figuresDue = (): readonly OpenableGroupNode[] => {
    if (state.passes > 0) {
      state.passes -= 1;
      return [];
    }
    state.passes = (rowsInSight() > manyRows ? passesBetweenManyRows : passesBetweenDrawings) - 1;
    const due = [...state.due];
    state.due.clear();
    return due;
  };

  /** What decides where a row stands, or whether it is shown, besides its name. */
  const movesRows = (): boolean => tree.arrangement.sortBy !== 'name' || !tree.arrangement.showEmpty;
  const ordersNow = (): ReadonlyMap<OpenableGroupNode, readonly CgroupNode[]> =>
    new Map(movesRows() ? opened.inSight().map(({ node }) => [node, tree.childrenOf(node)] as const) : []);

  const sample = async (): Promise<void> => {
    const before = ordersNow();
    const { relisted, changed: others } = await opened.sample();
    if (!state.shown) return;
    const moved = [...ordersNow()].flatMap(([node, rows]) => (isDeepStrictEqual(before.get(node), rows) ? [] : [node]));
    for (const node of others) state.due.add(node);
    fire([...relisted, ...moved, ...figuresDue()]);
    watchAll();
  };
  const clock = createSampleClock(() => sample().catch(options.onFailure));

  const gather = (): void => {
    state.gathering = undefined;
    const nodes = [...touched];
    touched.clear();
    if (!state.shown) return;
    fire(nodes.filter((node) => opened.reread(node)));
    watchAll();
  };
  const watchAll = (): void => {
    const wanted = new Map(
      state.shown ? opened.inSight().map(({ node }) => [groupDirectory(node.group), node] as const) : [],
    );
    for (const [key, stop] of watches) {
      if (wanted.has(key)) continue;
      stop();
      watches.delete(key);
    }
    for (const [key, node] of wanted) {
      if (watches.has(key)) continue;
      watches.set(
        key,
        source.watch(node.group, () => {
          touched.add(node);
          state.gathering ??= setTimeout(gather, gatherMs);
        }),
      );
    }
  };

  const factsOf = (node: OpenableGroupNode): GroupFacts => ({
    group: node.group,
    usage: opened.usageOf(node.group),
    owner: source.ownerOf(node.group),
    frozen: opened.isFrozen(node.group),
    expanded: opened.isExpanded(node) ?? tree.opensItself(node),
  });

  const show = (): void => {
    if (state.shown) return;
    state.shown = true;
    opened.rereadAll();
    void askSystemd();
    watchAll();
    clock.start(options.intervalMs());
  };

  source.onMisplaced(() => {
    if (state.shown) fireAll();
  });

  source.onCommandLines(() => {
    if (!state.shown) return;
    for (const { node } of opened.inSight()) touched.add(node);
    state.gathering ??= setTimeout(gather, gatherMs);
  });

  /** Which units there are decides what some rows are, and comes a moment later than the rows. */
  const askSystemd = async (): Promise<void> => {
    if ((await source.lookAnew()) && state.shown) fireAll();
  };

  const draw = (node: CgroupNode): Row => {
    switch (node.kind) {
      case 'hierarchy':
        return hierarchyRow(factsOf(node), vscode.l10n);
      case 'controlGroup':
        return cgroupRow(factsOf(node), vscode.l10n);
      case 'process': {
        const process = opened.processOf(node);
        return process === undefined ? noteRow(vscode.l10n.t('no longer there')) : processRow(process, vscode.l10n);
      }
      case 'cgroupNote':
        return noteRow(node.message);
    }
  };

  const childrenOf = (node: CgroupNode | undefined): readonly CgroupNode[] => {
    if (node === undefined) {
      // VS Code asks when the view is first shown, which may be before it says that it is.
      show();
      const roots = tree.roots();
      opened.know(roots.map(({ group }) => group));
      return roots;
    }
    if (!isGroup(node)) return [];
    const children = tree.childrenOf(node);
    watchAll();
    return children;
  };

  return {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => [...childrenOf(node)],
    getTreeItem: (node) => {
      // What a filter shows has a state of its own, so that it opens whatever was closed without one.
      const filter = tree.arrangement.filter.trim();
      return treeItem(`${filter === '' ? '' : `${filter}:`}${cgroupNodeId(node)}`, node, draw(node));
    },
    getParent: (node) => opened.parentOf(node),
    resolveTreeItem: (item, node) => {
      // Somebody reads: no figure is drawn for a while, which would close the hover.
      state.passes = passesBetweenManyRows;
      if (isGroup(node)) item.tooltip = groupTooltip(factsOf(node), vscode.l10n);
      else if (node.kind === 'process') {
        const process = opened.processOf(node);
        if (process !== undefined) {
          const groups = source.hierarchies().flatMap((hierarchy) => groupOfProcess(process.pid, hierarchy) ?? []);
          item.tooltip = processTooltip(process, groups, vscode.l10n);
        }
      }
      return item;
    },
    show: () => {
      const wasShown = state.shown;
      show();
      if (!wasShown) fireAll();
    },
    hide: () => {
      state.shown = false;
      clock.stop();
      clearTimeout(state.gathering);
      state.gathering = undefined;
      touched.clear();
      watchAll();
      opened.rest();
    },
    arrange: async (arrangement) => {
      await tree.arrange(arrangement);
      fireAll();
    },
    askAnew: async () => {
      await source.lookAnew();
      if (!state.shown) return;
      opened.rereadAll();
      await opened.sample();
      fireAll();
    },
    quietly: async (work) => {
      state.quiet += 1;
      try {
        return await work();
      } finally {
        state.quiet -= 1;
        drawWaiting();
      }
    },
    setInterval: () => {
      if (state.shown) clock.start(options.intervalMs());
    },
    setExpanded: (node, expanded) => {
      if (!isGroup(node)) return;
      opened.setExpanded(node, expanded);
      // What was kept while it was closed may be out of date.
      if (expanded && state.shown && opened.reread(node)) fire([node]);
      watchAll();
    },
    nodeOf: (group, pid) => {
      const node = opened.nodeOf(group);
      return (pid === undefined ? undefined : opened.processNodeIn(node, pid)) ?? node;
    },
    dispose: () => {
      clock.stop();
      clearTimeout(state.gathering);
      for (const stop of watches.values()) stop();
      opened.rest();
      changed.dispose();
    },
  };
};
