import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { InventoryChange } from '../../machines/inventory.ts';
import type { Services } from '../services.ts';
import { type Drawing, drawRow, drawTooltip } from './drawRow.ts';
import { explainFailure } from './explainFailure.ts';
import { imagesGroup, runningGroup } from './groups.ts';
import { createMachineKnowledge } from './machineKnowledge.ts';
import { type ImageNode, type MachineNode, type Node, nodeId } from './node.ts';
import { createOpenedRows, type OpenedRowsOptions } from './openedRows.ts';
import { createRunningClock } from './runningClock.ts';
import { firstInSight, rowsAround } from './rowsInSight.ts';
import { treeItem } from './treeItem.ts';
import { type Arrangement, createTreeModel, type Touched } from './treeModel.ts';

export interface MachinesTreeOptions {
  readonly services: Services;
  readonly arrangement: Arrangement;
  readonly nspawnFile: OpenedRowsOptions['nspawnFile'];
  /** Something was shown, hidden or changed that the text around the rows depends on. */
  readonly onDidDraw: () => void;
}

/** The rows, and what happens to them when the host changes. */
export interface MachinesTree extends vscode.TreeDataProvider<Node> {
  /** Whether there is anything to show, filtered or not. */
  hasRows(): boolean;
  /** Watches the host, and keeps the rows current from now on. */
  show(): Promise<void>;
  /** Asks nothing any more. */
  hide(): void;
  arrange(arrangement: Arrangement): void;
  /** Asks anew what the rows in sight have learnt about their machines, and reads anew what stands below opened ones. */
  askAnew(): void;
  /** The user looks at this row: those around it are on the screen too. */
  lookAt(node: Node): void;
  expand(node: Node): void;
  collapse(node: Node): void;
  /** The `.nspawn` file of this machine or image was written. */
  nspawnFileTouched(name: string): void;
  dispose(): void;
}

export const createMachinesTree = (options: MachinesTreeOptions): MachinesTree => {
  const { inventory, busy, log } = options.services;
  const changed = new vscode.EventEmitter<Node | Node[] | undefined>();
  // The groups whose rows VS Code holds and shows.
  const drawn = new Set<string>();
  const state: { shown: Promise<void> | undefined; known: boolean } = { shown: undefined, known: false };

  const knowledge = createMachineKnowledge({
    inventory,
    groupBy: () => model.arrangement.groupBy,
    onLearned: (name) => apply([{ kind: 'machineChanged', name }]),
  });
  const model = createTreeModel(
    {
      // Asked each time: the inventory puts new maps in the place of old ones.
      machines: () => inventory.machines,
      images: () => inventory.images,
      traits: (name) => knowledge.traits(name),
    },
    options.arrangement,
  );
  const opened = createOpenedRows({
    inventory,
    answers: knowledge.details,
    nspawnFile: options.nspawnFile,
    explain: (failure) => explainFailure(failure, log),
    language: vscode.env.language,
    l10n: vscode.l10n,
  });
  const drawing: Drawing = {
    inventory,
    busy,
    model,
    answers: knowledge.details,
    opened,
    language: vscode.env.language,
    l10n: vscode.l10n,
  };

  const beginning = (name: string): readonly (readonly [string, number])[] => {
    const since = inventory.machines.get(name)?.since;
    return since === undefined || since === 0 ? [] : [[name, since]];
  };
  const clock = createRunningClock({
    shown: () =>
      state.shown === undefined
        ? []
        : [...drawn].flatMap((group) =>
            model.rowsOf(group).flatMap((node) => (node.kind === 'machine' ? beginning(node.name) : [])),
          ),
    onTick: (names) => fire(names.flatMap((name) => model.machineNode(name) ?? [])),
  });

  const fire = (touched: Touched): void => {
    if (touched === 'everything') changed.fire(undefined);
    else if (touched.length > 0) changed.fire([...touched]);
  };
  const want = (nodes: readonly Node[]): void =>
    knowledge.want(nodes.flatMap((node) => (node.kind === 'machine' ? node.name : [])));
  const wantInSight = (): void => {
    for (const group of drawn) want(model.rowsOf(group).slice(0, firstInSight));
  };

  const apply = (changes: readonly InventoryChange[]): void => {
    const touched = model.apply(changes);
    for (const node of model.rowsAbout(changes)) opened.outdate(node);
    fire(touched);
  };

  const nodeOfRow = (rowId: string): MachineNode | ImageNode | undefined => {
    const slash = rowId.indexOf('/');
    const name = rowId.slice(slash + 1);
    return rowId.slice(0, slash) === 'machine' ? model.machineNode(name) : model.imageNode(name);
  };

  const stopListening = [
    inventory.onDidChange((changes) => {
      busy.outdate(changes);
      // The first whole answer is drawn at once when it is there.
      if (!state.known) return;
      for (const change of changes) knowledge.take(change);
      apply(changes);
      wantInSight();
      clock.set();
      options.onDidDraw();
    }),
    busy.onDidChange((rowIds) => fire(rowIds.flatMap((rowId) => nodeOfRow(rowId) ?? []))),
  ];

  const show = (): Promise<void> => {
    knowledge.resume();
    state.shown ??= inventory.watch().then(() => {
      if (!state.known) {
        state.known = true;
        model.arrange(model.arrangement);
      }
      clock.set();
      wantInSight();
      options.onDidDraw();
    });
    return state.shown;
  };

  const rowsOfGroup = (group: string): readonly (MachineNode | ImageNode)[] => {
    drawn.add(group);
    const rows = model.rowsOf(group);
    want(rows.slice(0, firstInSight));
    clock.set();
    return rows;
  };

  const childrenOf = async (node: Node | undefined): Promise<readonly Node[]> => {
    if (node === undefined) {
      // VS Code asks when the view is first shown, which may be before it says that it is.
      if (!state.known) await show();
      drawn.clear();
      if (model.arrangement.groupBy === 'none') [runningGroup, imagesGroup].forEach(rowsOfGroup);
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
    if (node.kind !== 'machine') return;
    const rows = model.rowsOf(model.parentOf(node)?.group ?? runningGroup);
    want(rowsAround(rows, rows.indexOf(node)));
  };

  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => treeItem(nodeId(node), node, drawRow(drawing, node)),
    getChildren: async (node) => [...(await childrenOf(node))],
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
      if (asks && node.kind === 'machine') await knowledge.details.ask(node.name);
      const imageOs = asks && node.kind === 'image' ? await inventory.imageOs(node.name) : undefined;
      const tooltip = drawTooltip(drawing, node, imageOs);
      if (tooltip !== undefined) item.tooltip = tooltip;
      return item;
    },
    hasRows: () => !model.isEmpty(),
    show,
    hide: () => {
      state.shown = undefined;
      inventory.pause();
      knowledge.pause();
      clock.set();
    },
    arrange: (arrangement) => {
      if (isDeepStrictEqual(arrangement, model.arrangement)) return;
      model.arrange(arrangement);
      wantInSight();
      fire('everything');
    },
    askAnew: () => {
      knowledge.askAnew();
      opened.outdateAll();
      wantInSight();
      fire('everything');
    },
    lookAt,
    expand: (node) => {
      if (node.kind === 'group') rowsOfGroup(node.group);
    },
    collapse: (node) => {
      if (node.kind !== 'group') return;
      drawn.delete(node.group);
      clock.set();
    },
    nspawnFileTouched: (name) => {
      for (const node of [model.machineNode(name), model.imageNode(name)]) {
        if (node === undefined) continue;
        opened.outdate(node);
        fire([node]);
      }
    },
    dispose: () => {
      for (const stop of stopListening) stop();
      clock.dispose();
      knowledge.pause();
      changed.dispose();
    },
  };
};
