import { isCancelled } from '../../machines/errors.ts';
import type { Inventory, InventoryChange } from '../../machines/inventory.ts';
import type { MachineDetails } from '../../machines/machine.ts';
import { readSlice } from '../../machines/cgroups/slice.ts';
import type { Grouping } from '../settingDefaults.ts';
import type { MachineTraits } from './groups.ts';
import { createLazyAnswers, type LazyAnswers } from './lazyAnswers.ts';
import { osGroupText } from './osText.ts';

/** What rows learn about machines by asking, and only while the view is visible. */
export interface MachineKnowledge {
  readonly details: LazyAnswers<MachineDetails>;
  traits(machine: string): MachineTraits;
  /** Asks for these machines, where nobody has. */
  want(machines: Iterable<string>): void;
  /** Takes in that something has changed: what is known may be wrong now, or is about another machine of that name. */
  take(change: InventoryChange): void;
  askAnew(): void;
  resume(): void;
  pause(): void;
}

export interface MachineKnowledgeOptions {
  readonly inventory: Pick<Inventory, 'machines' | 'details'>;
  readonly groupBy: () => Grouping;
  readonly onLearned: (machine: string) => void;
}

// How many machines are asked at the same time: machined answers each question by a process of its own in the machine.
const atOnce = 4;

export const createMachineKnowledge = (options: MachineKnowledgeOptions): MachineKnowledge => {
  const { inventory, groupBy, onLearned: onAnswer } = options;
  const state = { active: false };
  const details = createLazyAnswers({ ask: (name) => inventory.details(name), onAnswer, isCancelled, atOnce });
  const slices = createLazyAnswers({
    ask: async (name) => {
      const leader = inventory.machines.get(name)?.leader;
      return leader === undefined ? undefined : readSlice(leader);
    },
    onAnswer,
    isCancelled,
    atOnce,
  });

  /** Grouping by what has to be asked needs the answer of every machine, seen or not. */
  const wantTraits = (): void => {
    if (groupBy() === 'os') details.want(inventory.machines.keys());
    if (groupBy() === 'slice') slices.want(inventory.machines.keys());
  };

  return {
    details,
    traits: (name) => {
      const os = details.get(name)?.os;
      return { os: os === undefined ? undefined : osGroupText(os), slice: slices.get(name) };
    },
    want: (machines) => {
      if (!state.active) return;
      details.want(machines);
      wantTraits();
    },
    take: (change) => {
      switch (change.kind) {
        case 'machineChanged': {
          const { name } = change;
          const wasAsked = details.get(name) !== undefined || details.failure(name) !== undefined;
          details.outdate(name);
          slices.outdate(name);
          if (wasAsked && state.active) details.want([name]);
          return;
        }
        case 'machineAdded':
        case 'machineRemoved':
          details.forget(change.name);
          slices.forget(change.name);
          return;
        case 'availability':
          // What could not be asked may be asked now.
          details.outdateFailures();
          return;
        case 'imageAdded':
        case 'imageChanged':
        case 'imageRemoved':
        case 'bootStateChanged':
        case 'unitFailed':
        case 'unitRecovered':
          return;
      }
    },
    askAnew: () => {
      for (const name of inventory.machines.keys()) {
        details.outdate(name);
        slices.outdate(name);
      }
    },
    resume: () => {
      state.active = true;
    },
    pause: () => {
      state.active = false;
      details.pause();
      slices.pause();
    },
  };
};
