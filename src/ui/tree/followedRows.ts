import type { Machine } from '../../machines/machine.ts';
import { firstInSight } from './lazyAnswers.ts';
import { createMachineUse, type MachineUse, type MachineUseOptions } from './machineUse.ts';
import type { ImageNode, MachineNode, Node } from './node.ts';
import { createRunningClock } from './runningClock.ts';
import type { TreeModel } from './treeModel.ts';

type RowNode = MachineNode | ImageNode;

/** The groups whose rows VS Code holds, and what is kept current of those in sight: running times, use, what machines are asked. */
export interface FollowedRows {
  /** VS Code holds the rows of this group from now on. */
  add(group: string): void;
  delete(group: string): void;
  /** VS Code asks for all rows anew. */
  clear(): void;
  /** Those of which a machine runs. */
  running(): readonly RowNode[];
  /** Looks at what is shown now; call it when rows came or went, or the view was shown or hidden. */
  follow(): void;
  /** Has the machines of these rows asked. */
  want(nodes: readonly Node[]): void;
  wantInSight(): void;
  readonly useOf: MachineUse['of'];
  readonly lookAtUse: MachineUse['look'];
  dispose(): void;
}

export interface FollowedRowsOptions extends Pick<MachineUseOptions, 'onFailure' | 'l10n'> {
  readonly machines: () => ReadonlyMap<string, Machine>;
  readonly model: Pick<TreeModel, 'rowsOf' | 'machineOn' | 'rowOfMachine'>;
  readonly isShown: () => boolean;
  readonly groups: MachineUseOptions['source'];
  /** Milliseconds between two samples of what machines use; 0 where that does not stand on their rows. */
  readonly useIntervalMs: () => number;
  readonly want: (machines: readonly string[]) => void;
  readonly onChanged: (nodes: readonly RowNode[]) => void;
}

export const createFollowedRows = (options: FollowedRowsOptions): FollowedRows => {
  const { model } = options;
  const drawn = new Set<string>();

  const machineIds = (nodes: readonly Node[]): readonly string[] =>
    nodes.flatMap((node) => (node.kind === 'machine' || node.kind === 'image' ? (model.machineOn(node) ?? []) : []));
  const beginning = (id: string): readonly (readonly [string, number])[] => {
    const since = options.machines().get(id)?.since;
    return since === undefined || since === 0 ? [] : [[id, since]];
  };
  const changed = (ids: readonly string[]): void =>
    options.onChanged(ids.flatMap((id) => model.rowOfMachine(id) ?? []));
  const clock = createRunningClock({
    shown: () =>
      options.isShown() ? [...drawn].flatMap((group) => machineIds(model.rowsOf(group)).flatMap(beginning)) : [],
    onTick: changed,
  });
  // What is stopped has nothing to be asked: the first that run, wherever they stand in a long list.
  const firstRunning = (group: string): readonly string[] => machineIds(model.rowsOf(group)).slice(0, firstInSight);
  const use = createMachineUse({
    source: options.groups,
    shown: () =>
      options.isShown()
        ? [...drawn].flatMap((group) => firstRunning(group).flatMap((id) => options.machines().get(id) ?? []))
        : [],
    intervalMs: options.useIntervalMs,
    onChanged: changed,
    onFailure: options.onFailure,
    l10n: options.l10n,
  });

  const follow = (): void => {
    clock.set();
    use.set();
  };
  const wantOf = (group: string): void => options.want(firstRunning(group));
  return {
    add: (group) => {
      drawn.add(group);
      wantOf(group);
      follow();
    },
    delete: (group) => {
      drawn.delete(group);
      follow();
    },
    clear: () => drawn.clear(),
    running: () =>
      [...drawn].flatMap((group) => model.rowsOf(group)).filter((node) => model.machineOn(node) !== undefined),
    follow,
    want: (nodes) => options.want(machineIds(nodes)),
    wantInSight: () => drawn.forEach(wantOf),
    useOf: (id) => use.of(id),
    lookAtUse: (machine) => use.look(machine),
    dispose: () => {
      clock.dispose();
      use.dispose();
    },
  };
};
