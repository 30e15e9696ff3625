import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { InventoryChange } from '../../machines/inventory.ts';
import { plainText } from '../plainText.ts';
import { movesRows, rowBeside, rowsToDraw } from '../rowMoves.ts';
import type { Services } from '../services.ts';
import { amongSeveral } from './contextValue.ts';
import { type Drawing, drawRow, drawTooltip } from './drawRow.ts';
import { createFollowedRows } from './followedRows.ts';
import { createKinds } from './kinds.ts';
import { createMachineKnowledge } from './machineKnowledge.ts';
import type { MachineUseOptions } from './machineUse.ts';
import { type ImageNode, type MachineNode, type Node, nodeId } from './node.ts';
import { createOpenedRows, type OpenedRowsOptions } from './openedRows.ts';
import { rowsAround } from './lazyAnswers.ts';
import { treeItem } from './treeItem.ts';
import { type Arrangement, createTreeModel, type Touched, type TreeModel } from './treeModel.ts';

export interface MachinesTreeOptions {
  readonly services: Pick<Services, 'backends' | 'inventory' | 'busy' | 'moves'> & {
    readonly log: Pick<Services['log'], 'warn'>;
  };
  readonly arrangement: Arrangement;
  readonly nspawnFile: OpenedRowsOptions['nspawnFile'];
  readonly groups: MachineUseOptions['source'];
  /** Milliseconds between two samples of what machines use; 0 where that does not stand on their rows. */
  readonly useIntervalMs: () => number;
  /** Something was shown, hidden or changed that the text around the rows depends on. */
  readonly onDidDraw: () => void;
}

/** The rows, and what happens to them when the host changes. */
export interface MachinesTree extends vscode.TreeDataProvider<Node> {
  /** Whether there is anything to show, filtered or not. */
  hasRows(): boolean;
  /** How many of the rows run, and how many there are. */
  counts(): ReturnType<TreeModel['counts']>;
  /** Watches the host, and keeps the rows current from now on. */
  show(): Promise<void>;
  /** Asks nothing any more. */
  hide(): void;
  arrange(arrangement: Arrangement): void;
  /** The figures are to be on the rows, or no longer, or at another pace. */
  setUse(): void;
  /** Asks anew what the rows in sight have learnt about their machines, and reads anew what stands below opened ones. */
  askAnew(): void;
  /** These rows are selected now. */
  select(nodes: readonly Node[]): void;
  /** The row that the keyboard goes to when those of these images leave. */
  rowBeside(ids: readonly string[]): Node | undefined;
  /** The user looks at this row: those around it are on the screen too. */
  lookAt(node: Node): void;
  expand(node: Node): void;
  collapse(node: Node): void;
  /** The `.nspawn` file of this machine or image was written. */
  nspawnFileTouched(name: string): void;
  dispose(): void;
}

export const createMachinesTree = (options: MachinesTreeOptions): MachinesTree => {
  const { backends, inventory, busy, log } = options.services;
  const changed = new vscode.EventEmitter<Node | Node[] | undefined>();
  const state: {
    shown: Promise<void> | undefined;
    known: boolean;
    /** The rows that are selected, where they are more than one. */
    several: ReadonlySet<string>;
  } = { shown: undefined, known: false, several: new Set() };

  const kinds = createKinds(inventory);
  const knowledge = createMachineKnowledge({
    inventory,
    groupBy: () => model.arrangement.groupBy,
    onLearned: (id) => apply([{ kind: 'machineChanged', id }]),
  });
  const model = createTreeModel(
    {
      // Asked each time: the inventory puts new maps in the place of old ones.
      machines: () => inventory.machines,
      images: () => inventory.images,
      failed: () => inventory.failed,
      traits: (id) => knowledge.traits(id),
    },
    options.arrangement,
  );
  const opened = createOpenedRows({
    backends,
    nspawnFile: options.nspawnFile,
    inventory,
    answers: knowledge.details,
    machineOn: (owner) => model.machineOn(owner),
    // The words for all failures are long, and most rows have none.
    explain: async (failure) => (await import('./explainFailure.ts')).explainFailure(failure, log),
    language: vscode.env.language,
    l10n: vscode.l10n,
  });
  const drawing: Drawing = {
    backends,
    inventory,
    busy,
    model,
    answers: knowledge.details,
    use: { of: (id) => followed.useOf(id) },
    figures: () => options.useIntervalMs() > 0,
    opened,
    kinds,
    language: vscode.env.language,
    l10n: vscode.l10n,
  };

  const fire = (touched: Touched): void => {
    if (touched === 'everything') changed.fire(undefined);
    else if (touched.length > 0) changed.fire(rowsToDraw(touched, state.several.size > 0));
  };
  const followed = createFollowedRows({
    machines: () => inventory.machines,
    model,
    isShown: () => state.shown !== undefined,
    groups: options.groups,
    useIntervalMs: options.useIntervalMs,
    want: (ids) => knowledge.want(ids),
    onChanged: fire,
    onFailure: (failure) => log.warn(plainText(String(failure), 300)),
    l10n: vscode.l10n,
  });

  const apply = (changes: readonly InventoryChange[]): void => {
    const touched = model.apply(changes);
    for (const node of model.rowsAbout()) opened.outdate(node);
    fire(touched);
  };

  const stopListening = [
    inventory.onDidChange((changes) => {
      busy.outdate(changes);
      const wereSeveral = kinds.areSeveral();
      kinds.outdate(changes);
      // The first whole answer is drawn at once when it is there.
      if (!state.known) return;
      for (const change of changes) knowledge.take(change);
      apply(changes);
      if (kinds.areSeveral() !== wereSeveral) changed.fire(undefined);
      followed.wantInSight();
      followed.follow();
      options.onDidDraw();
    }),
    busy.onDidChange((rowIds) => {
      const rows = rowIds.flatMap((rowId) => model.rowOfId(rowId) ?? []);
      // What was done to it may be told by no event, as a snapshot that was taken.
      for (const row of rows) opened.outdate(row);
      fire(rows);
    }),
  ];

  const show = (): Promise<void> => {
    knowledge.resume();
    // Nothing was drawn while nobody looked: the running times are those of the moment at which the view was hidden.
    if (state.shown === undefined && state.known) fire(followed.running());
    state.shown ??= inventory.watch().then(() => {
      if (!state.known) {
        state.known = true;
        model.arrange(model.arrangement);
      }
      followed.follow();
      followed.wantInSight();
      options.onDidDraw();
    });
    return state.shown;
  };

  const rowsOfGroup = (group: string): readonly (MachineNode | ImageNode)[] => {
    followed.add(group);
    return model.rowsOf(group);
  };

  // What VS Code was given last, by the row above it: whether it draws rows elsewhere now.
  const given = new Map<string, readonly string[]>();
  const give = (above: Node | undefined, nodes: readonly Node[]): Node[] => {
    const key = above === undefined ? '' : nodeId(above);
    const ids = nodes.map(nodeId);
    const before = given.get(key);
    if (before !== undefined && movesRows(before, ids, above === undefined)) options.services.moves.note();
    given.set(key, ids);
    return [...nodes];
  };

  const childrenOf = async (node: Node | undefined): Promise<readonly Node[]> => {
    if (node === undefined) {
      // VS Code asks when the view is first shown, which may be before it says that it is.
      if (!state.known) await show();
      followed.clear();
      if (model.arrangement.groupBy === 'none') model.listNames().forEach(rowsOfGroup);
      return model.roots();
    }
    switch (node.kind) {
      case 'group':
        return rowsOfGroup(node.group);
      case 'machine':
      case 'image':
        return opened.linesOf(node);
      case 'detail':
      case 'problem':
        return [];
    }
  };

  const lookAt = (node: Node): void => {
    if (node.kind !== 'machine' && node.kind !== 'image') return;
    const lists = model.listNames().map((group) => model.rowsOf(group));
    const rows = lists.find((list) => list.includes(node)) ?? [];
    followed.want(rowsAround(rows, rows.indexOf(node)));
  };

  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => {
      const [id, row] = [nodeId(node), drawRow(drawing, node)];
      return treeItem(id, node, state.several.has(id) ? amongSeveral(row) : row);
    },
    getChildren: async (node) => give(node, await childrenOf(node)),
    getParent: (node) => {
      switch (node.kind) {
        case 'group':
          return undefined;
        case 'machine':
        case 'image':
          return model.parentOf(node);
        case 'detail':
        case 'problem':
          return node.owner;
      }
    },
    resolveTreeItem: async (item, node) => {
      if (node.kind !== 'machine' && node.kind !== 'image') return item;
      lookAt(node);
      // A tooltip can be asked for while the view goes away; then what is known has to do.
      const asks = state.shown !== undefined;
      const machine = model.machineOn(node);
      if (asks && machine !== undefined) await knowledge.details.ask(machine);
      const running = machine === undefined ? undefined : inventory.machines.get(machine);
      if (asks && running !== undefined) followed.lookAtUse(running);
      const imageOs =
        asks && node.kind === 'image' && machine === undefined ? await inventory.imageOs(node.id) : undefined;
      const tooltip = drawTooltip(drawing, node, imageOs, asks ? await opened.filesOf(node) : undefined);
      if (tooltip !== undefined) item.tooltip = tooltip;
      return item;
    },
    hasRows: () => !model.isEmpty(),
    counts: () => model.counts(),
    show,
    hide: () => {
      state.shown = undefined;
      inventory.pause();
      knowledge.pause();
      followed.follow();
    },
    arrange: (arrangement) => {
      if (isDeepStrictEqual(arrangement, model.arrangement)) return;
      model.arrange(arrangement);
      followed.wantInSight();
      fire('everything');
    },
    setUse: () => {
      followed.follow();
      fire(followed.running());
    },
    askAnew: () => {
      knowledge.askAnew();
      opened.outdateAll();
      followed.wantInSight();
      fire('everything');
    },
    select: (nodes) => {
      const several: ReadonlySet<string> = new Set(nodes.length > 1 ? nodes.map(nodeId) : []);
      if (isDeepStrictEqual(several, state.several)) return;
      state.several = several;
      fire('everything');
    },
    rowBeside: (ids) =>
      rowBeside(
        model.listNames().flatMap((group) => model.rowsOf(group)),
        ({ id }) => ids.includes(id),
      ),
    lookAt,
    expand: (node) => {
      if (node.kind === 'group') rowsOfGroup(node.group);
    },
    collapse: (node) => {
      given.delete(nodeId(node));
      if (node.kind === 'group') followed.delete(node.group);
    },
    nspawnFileTouched: (name) => {
      for (const node of new Set([model.rowOfMachine(name), model.imageNode(name)])) {
        if (node === undefined) continue;
        opened.outdate(node);
        fire([node]);
      }
    },
    dispose: () => {
      for (const stop of stopListening) stop();
      followed.dispose();
      knowledge.pause();
      changed.dispose();
    },
  };
};
