import type { ControlGroup } from '../../machines/cgroups/controlGroup.ts';
import { counterpart } from '../../machines/cgroups/groupDirectory.ts';
import { groupOfMachine } from '../../machines/cgroups/observe/groupOfMachine.ts';
import type { Usage } from '../../machines/cgroups/observe/usage.ts';
import type { Machine } from '../../machines/machine.ts';
import type { GroupSource } from '../cgroups/groupSource.ts';
import { createSampleClock } from '../cgroups/sampleClock.ts';
import { usageText } from '../cgroups/groupWords.ts';
import type { L10n } from './row.ts';

/** What the control group of a machine says of it. */
export interface Use {
  /** Absent while figures are not on the rows and nobody has asked for them. */
  readonly usage: Usage | undefined;
  readonly frozen: boolean;
}

/** The two figures that a row has room for. */
export const useText = (use: Use | undefined, l10n: L10n): string => {
  const { cpu, memory } = use?.usage ?? {};
  return usageText({ ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) }, l10n);
};

export interface MachineUse {
  of(machine: string): Use | undefined;
  /** Looks at what is shown now; call it when rows came or went, or the view was shown or hidden. */
  set(): void;
  /** Reads the figures of one machine once, for its hover. */
  look(machine: Machine): void;
  dispose(): void;
}

export interface MachineUseOptions {
  readonly source: Pick<GroupSource, 'hierarchies' | 'isFrozen' | 'watch' | 'sample' | 'sampleMore' | 'rest'>;
  /** The running machines whose rows are in sight; none while the view is hidden. */
  readonly shown: () => readonly Machine[];
  /** Milliseconds between two samples; 0 where no figures are on the rows. */
  readonly intervalMs: () => number;
  /** The machines whose row reads differently now. */
  readonly onChanged: (ids: readonly string[]) => void;
  readonly onFailure: (failure: unknown) => void;
  readonly l10n: L10n;
}

// A row that is drawn anew closes its menu and its hover: the figures are drawn at every second sample, as in the view of control groups.
const samplesBetweenDrawings = 2;

/**
 * Whether machines are frozen is told by the kernel, which is watched; what they use is told by nobody, and read at the pace of the view
 * of control groups, where figures are wanted on the rows.
 */
export const createMachineUse = (options: MachineUseOptions): MachineUse => {
  const { source, l10n } = options;
  const known = new Map<string, { readonly group: ControlGroup; readonly leader: number; use: Use; drawn: string }>();
  const watches = new Map<string, () => void>();
  const state = { samples: 0, intervalMs: 0 };

  const lookAtFreezer = (id: string): void => {
    const one = known.get(id);
    if (one === undefined) return;
    const frozen = source.isFrozen(one.group);
    if (frozen === one.use.frozen) return;
    one.use = { ...one.use, frozen };
    options.onChanged([id]);
  };
  /** In v1 the freezer is a hierarchy of its own. */
  const watched = (group: ControlGroup): readonly ControlGroup[] => {
    const freezer = source.hierarchies().find(({ controllers }) => controllers.includes('freezer'));
    const other = freezer === undefined || freezer === group.hierarchy ? undefined : counterpart(group, freezer);
    return other === undefined ? [group] : [group, other];
  };
  const forget = (id: string): void => {
    watches.get(id)?.();
    watches.delete(id);
    known.delete(id);
  };
  const add = (machine: Machine): void => {
    const { id, leader } = machine;
    if (leader === undefined || known.get(id)?.leader === leader) return;
    forget(id);
    const group = groupOfMachine(machine, source.hierarchies());
    if (group === undefined) return;
    known.set(id, { group, leader, use: { usage: undefined, frozen: false }, drawn: '' });
    const stops = watched(group).map((one) => source.watch(one, () => lookAtFreezer(id)));
    watches.set(id, () => stops.forEach((stop) => stop()));
    lookAtFreezer(id);
  };

  const sample = async (): Promise<void> => {
    const usages = await source.sample(new Map([...known].map(([id, { group }]) => [id, group])));
    for (const [id, one] of known) one.use = { ...one.use, usage: usages.get(id) };
    state.samples += 1;
    if (state.samples % samplesBetweenDrawings !== 0) return;
    const changed = [...known].filter(([, one]) => {
      const text = useText(one.use, l10n);
      const isChanged = text !== one.drawn;
      one.drawn = text;
      return isChanged;
    });
    if (changed.length > 0 && state.intervalMs > 0) options.onChanged(changed.map(([id]) => id));
  };
  const clock = createSampleClock(() => sample().catch(options.onFailure));
  const setClock = (intervalMs: number): void => {
    if (intervalMs === state.intervalMs) return;
    state.intervalMs = intervalMs;
    if (intervalMs > 0) {
      clock.start(intervalMs);
      return;
    }
    clock.stop();
    source.rest();
    const told = [...known].filter(([, { use }]) => use.usage !== undefined).map(([id]) => id);
    for (const one of known.values()) one.use = { ...one.use, usage: undefined };
    if (told.length > 0) options.onChanged(told);
  };

  return {
    of: (machine) => known.get(machine)?.use,
    set: () => {
      const shown = options.shown();
      const ids = new Set(shown.map(({ id }) => id));
      for (const id of [...known.keys()]) if (!ids.has(id)) forget(id);
      for (const machine of shown) add(machine);
      setClock(known.size === 0 ? 0 : options.intervalMs());
    },
    look: (machine) => {
      if (state.intervalMs > 0) return;
      const one = known.get(machine.id);
      if (one === undefined) return;
      one.use = { ...one.use, usage: source.sampleMore(new Map([[machine.id, one.group]])).get(machine.id) };
      source.rest();
    },
    dispose: () => {
      clock.stop();
      for (const id of [...known.keys()]) forget(id);
      source.rest();
    },
  };
};
