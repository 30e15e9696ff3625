import * as vscode from 'vscode';
import type { InventoryChange } from '../../machines/inventory.ts';
import { readSlice } from '../../machines/slice.ts';
import type { Services } from '../services.ts';
import { type Drawing, drawRow, drawTooltip } from './drawRow.ts';
import { explainFailure } from './explainFailure.ts';
import { createLazyAnswers } from './lazyAnswers.ts';
import type { ImageNode, MachineNode, Node } from './node.ts';
import { createOpenedRows, type OpenedRowsOptions } from './openedRows.ts';
import { osGroupText } from './osText.ts';
import { createRunningClock } from './runningClock.ts';
import { firstInSight, rowsAround } from './rowsInSight.ts';
import { treeItem } from './treeItem.ts';
import { imagesGroup, runningGroup } from './groups.ts';
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
  /** The user looks at this row: those around it are on the screen too. */
  lookAt(node: Node): void;
  expand(node: Node): void;
  collapse(node: Node): void;
  /** The `.nspawn` file of this machine or image was written. */
  nspawnFileTouched(name: string): void;
  dispose(): void;
}

// How many machines are asked at the same time: machined answers each question by a process of its own in the machine.
const atOnce = 4;

export const createMachinesTree = (options: MachinesTreeOptions): MachinesTree => {
  const { inventory, busy, log } = options.services;
  const changed = new vscode.EventEmitter<Node | Node[] | undefined>();
  const drawn = new Set<string>();
  const state: { shown: Promise<void> | undefined; known: boolean } = { shown: undefined, known: false };

  const answers = createLazyAnswers({
    ask: (name) => inventory.details(name),
    onAnswer: (name) => apply([{ kind: 'machineChanged', name }]),
    atOnce,
  });
  const slices = createLazyAnswers({
    ask: async (name) => {
      const leader = inventory.machines.get(name)?.leader;
      return leader === undefined ? undefined : readSlice(leader);
    },
    onAnswer: (name) => apply([{ kind: 'machineChanged', name }]),
    atOnce,
  });
  const model = createTreeModel(
    {
      machines: inventory.machines,
      images: inventory.images,
      traits: (name) => {
        const os = answers.get(name)?.os;
        return { os: os === undefined ? undefined : osGroupText(os), slice: slices.get(name) };
      },
    },
    options.arrangement,
  );
  const opened = createOpenedRows({
    inventory,
    answers,
    nspawnFile: options.nspawnFile,
    explain: (failure) => explainFailure(failure, log),
    language: vscode.env.language,
    l10n: vscode.l10n,
  });
  const drawing: Drawing = {
    inventory,
    busy,
    model,
    answers,
    opened,
    language: vscode.env.language,
    l10n: vscode.l10n,
  };
  const machinesDrawn = (): readonly MachineNode[] =>
    [...drawn].flatMap((group) => model.rowsOf(group)).filter((node) => node.kind === 'machine');
  const clock = createRunningClock({
    shown: () =>
      state.shown === undefined
        ? []
        : machinesDrawn().flatMap(({ name }) => {
            const since = inventory.machines.get(name)?.since;
            return since === undefined || since === 0 ? [] : [[name, since] as const];
          }),
    onTick: (names) => fire(names.flatMap((name) => model.machineNode(name) ?? [])),
  });

  const fire = (touched: Touched): void => {
    if (touched === 'everything') changed.fire(undefined);
    else if (touched.length > 0) changed.fire([...touched]);
  };

  /** Grouping by what has to be asked needs the answer of every machine; else only what can be seen is asked. */
  const wantTraits = (): void => {
    if (state.shown === undefined) return;
    const { groupBy } = model.arrangement;
    if (groupBy === 'os') answers.want(inventory.machines.keys());
    if (groupBy === 'slice') slices.want(inventory.machines.keys());
  };
  const want = (nodes: readonly Node[]): void => {
    if (state.shown === undefined) return;
    answers.want(nodes.flatMap((node) => (node.kind === 'machine' ? node.name : [])));
  };

  const outdate = (change: InventoryChange): void => {
    switch (change.kind) {
      case 'machineChanged': {
        const wasKnown = answers.get(change.name) !== undefined || answers.failure(change.name) !== undefined;
        answers.outdate(change.name);
        slices.outdate(change.name);
        if (wasKnown && state.shown !== undefined) answers.want([change.name]);
        return;
      }
      case 'machineAdded':
      case 'machineRemoved':
        answers.forget(change.name);
        slices.forget(change.name);
        return;
      case 'availability':
      case 'imageAdded':
      case 'imageChanged':
      case 'imageRemoved':
        return;
    }
  };

  const apply = (changes: readonly InventoryChange[]): void => {
    const touched = model.apply(changes);
    if (touched !== 'everything') {
      for (const node of touched) if (node.kind !== 'group') opened.outdate(node);
    }
    fire(touched);
  };

  const stopListening = [
    inventory.onDidChange((changes) => {
      // The first whole answer is drawn at once when it is there.
      if (!state.known) return;
      changes.forEach(outdate);
      apply(changes);
      wantTraits();
      clock.set();
      options.onDidDraw();
    }),
    busy.onDidChange((rowId) => {
      const [kind, ...name] = rowId.split('/');
      const node = kind === 'machine' ? model.machineNode(name.join('/')) : model.imageNode(name.join('/'));
      if (node !== undefined) fire([node]);
    }),
  ];

  const show = (): Promise<void> => {
    state.shown ??= inventory.watch().then(() => {
      if (!state.known) {
        state.known = true;
        model.arrange(model.arrangement);
      }
      clock.set();
      wantTraits();
      options.onDidDraw();
    });
    return state.shown;
  };

  const rowsOfGroup = (group: string): readonly (MachineNode | ImageNode)[] => {
    drawn.add(group);
    const rows = model.rowsOf(group);
    want(rows.slice(0, firstInSight));
    return rows;
  };

  const childrenOf = async (node: Node | undefined): Promise<readonly Node[]> => {
    if (node === undefined) {
      // VS Code asks when the view is first shown, which may be before it says that it is.
      if (!state.known) await show();
      drawn.clear();
      if (model.arrangement.groupBy === 'none') [runningGroup, imagesGroup].forEach(rowsOfGroup);
      clock.set();
      return model.roots();
    }
    switch (node.kind) {
      case 'group': {
        const rows = rowsOfGroup(node.group);
        clock.set();
        return rows;
      }
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
    getTreeItem: (node) => treeItem(node, drawRow(drawing, node)),
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
      lookAt(node);
      // A tooltip can be asked for while the view goes away; then what is known has to do.
      if (node.kind === 'machine' && state.shown !== undefined) await answers.ask(node.name);
      const tooltip = node.kind === 'machine' || node.kind === 'image' ? drawTooltip(drawing, node) : undefined;
      if (tooltip !== undefined) item.tooltip = tooltip;
      return item;
    },
    hasRows: () => model.roots().length > 0,
    show,
    hide: () => {
      state.shown = undefined;
      inventory.pause();
      answers.pause();
      slices.pause();
      clock.set();
    },
    arrange: (arrangement) => {
      model.arrange(arrangement);
      wantTraits();
      fire('everything');
    },
    lookAt,
    expand: (node) => {
      if (node.kind !== 'group') return;
      rowsOfGroup(node.group);
      clock.set();
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
      answers.pause();
      slices.pause();
      changed.dispose();
    },
  };
};
