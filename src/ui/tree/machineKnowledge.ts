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
  /** Takes in that something has changed: what is known may be wrong now, or is about another machine of that id. */
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
  const details = createLazyAnswers({ ask: (id) => inventory.details(id), onAnswer, isCancelled, atOnce });
  const slices = createLazyAnswers({
    ask: async (id) => {
      const leader = inventory.machines.get(id)?.leader;
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
    traits: (id) => {
      const os = details.get(id)?.os;
      return { os: os === undefined ? undefined : osGroupText(os), slice: slices.get(id) };
    },
    want: (machines) => {
      if (!state.active) return;
      details.want(machines);
      wantTraits();
    },
    take: (change) => {
      switch (change.kind) {
        case 'machineChanged': {
          const { id } = change;
          const wasAsked = details.get(id) !== undefined || details.failure(id) !== undefined;
          details.outdate(id);
          slices.outdate(id);
          if (wasAsked && state.active) details.want([id]);
          return;
        }
        case 'machineAdded':
        case 'machineRemoved':
          details.forget(change.id);
          slices.forget(change.id);
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
      for (const id of inventory.machines.keys()) {
        details.outdate(id);
        slices.outdate(id);
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
