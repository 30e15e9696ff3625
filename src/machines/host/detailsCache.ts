import { isDeepStrictEqual } from 'node:util';
import { MachineError } from '../errors.ts';
import type { Machine, MachineDetails } from '../machine.ts';
import { isRoutable } from './addresses.ts';
import { BusError } from './systemBus.ts';

export interface DetailsCache {
  /** @throws MachineError noSuchMachine, busUnavailable, cancelled */
  readonly get: (name: string) => Promise<MachineDetails>;
  /** Forgets what is known about a machine; an answer under way is dropped. */
  readonly forget: (name: string) => void;
  readonly forgetAll: () => void;
  /** Asks nothing more by itself, and forgets what is not answered for good yet. */
  readonly stop: () => void;
}

export interface DetailsCacheOptions {
  readonly machines: ReadonlyMap<string, Machine>;
  readonly ask: (machine: Machine) => Promise<MachineDetails>;
  /** Whether it will get an address; where this is left out, a machine with interfaces of the host's will. */
  readonly awaitsAddress?: (machine: Machine) => boolean;
  /** An address came after all, or it runs now. */
  readonly onChanged: (name: string) => void;
}

const questionsAtOnce = 4;

/**
 * Milliseconds after which a machine that is still opening, or has a network but no routable address yet, is asked once more,
 * and then no more: nothing on the host tells when a container has got its address, and the end of opening changes nothing
 * in the state file.
 */
const laterDelays: readonly number[] = [500, 1000, 2000, 4000, 8000, 16_000];

/** Milliseconds of life in which that may still come. */
const young = 30_000;

interface Entry {
  readonly machine: Machine;
  answer: Promise<MachineDetails> | undefined;
  answered: boolean;
  timer: NodeJS.Timeout | undefined;
}

const hasInterfaces = ({ networkInterfaces }: Machine): boolean => networkInterfaces.length > 0;

const cancelled = (): MachineError => new MachineError({ kind: 'cancelled' });

const toMachineError = (error: unknown): MachineError =>
  error instanceof MachineError
    ? error
    : new MachineError(
        { kind: 'busUnavailable', detail: error instanceof BusError ? error.reason : String(error) },
        { cause: error },
      );

/**
 * Asks once per machine, a few at a time, and keeps the answer, or that there is none, until that machine changes. An
 * answer about an earlier machine of the same name is dropped, because `machines` holds another object by then.
 */
export const createDetailsCache = ({
  machines,
  ask,
  awaitsAddress = hasInterfaces,
  onChanged,
}: DetailsCacheOptions): DetailsCache => {
  const entries = new Map<string, Entry>();
  const waiting: { entry: Entry; start: () => void; drop: () => void }[] = [];
  const state = { running: 0 };

  const isSettled = (machine: Machine, { state, addresses }: MachineDetails): boolean =>
    state !== 'opening' && (!awaitsAddress(machine) || addresses.some(isRoutable));

  const isCurrent = (entry: Entry): boolean =>
    entries.get(entry.machine.id) === entry && machines.get(entry.machine.id) === entry.machine;

  const next = (): void => {
    while (state.running < questionsAtOnce) {
      const first = waiting.shift();
      if (first === undefined) return;
      if (isCurrent(first.entry)) first.start();
      else first.drop();
    }
  };

  const question = (entry: Entry): Promise<MachineDetails> =>
    new Promise((resolve, reject) => {
      const start = (): void => {
        state.running += 1;
        ask(entry.machine)
          .then((details) => {
            if (isCurrent(entry)) resolve(details);
            else reject(cancelled());
          })
          .catch((error: unknown) => reject(isCurrent(entry) ? toMachineError(error) : cancelled()))
          .finally(() => {
            entry.answered = true;
            state.running -= 1;
            next();
          });
      };
      waiting.push({ entry, start, drop: () => reject(cancelled()) });
    });

  const awaitRest = async (entry: Entry, round: number): Promise<void> => {
    const { machine } = entry;
    const details = await entry.answer?.catch(() => undefined);
    const delay = laterDelays[round];
    if (details === undefined || isSettled(machine, details) || delay === undefined || !isCurrent(entry)) return;
    if (Date.now() - (machine.since ?? 0) > young) return;
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      if (!isCurrent(entry)) return;
      const again = question(entry);
      next();
      again
        .then((now) => {
          entry.answer = again;
          if (!isDeepStrictEqual(now, details)) onChanged(machine.id);
          void awaitRest(entry, round + 1);
        })
        .catch(() => undefined);
    }, delay);
  };

  const forget = (name: string): void => {
    clearTimeout(entries.get(name)?.timer);
    entries.delete(name);
  };

  const forgetAll = (): void => {
    for (const name of [...entries.keys()]) forget(name);
    for (const { drop } of waiting.splice(0)) drop();
  };

  const get = (name: string): Promise<MachineDetails> => {
    const machine = machines.get(name);
    if (machine === undefined) return Promise.reject(new MachineError({ kind: 'noSuchMachine', name }));
    const known = entries.get(name);
    if (known?.machine === machine && known.answer !== undefined) return known.answer;
    forget(name);
    const entry: Entry = { machine, answer: undefined, answered: false, timer: undefined };
    entries.set(name, entry);
    const answer = question(entry);
    entry.answer = answer;
    next();
    void awaitRest(entry, 0);
    return answer;
  };

  return {
    get,
    forget,
    forgetAll,
    stop: () => {
      for (const [name, entry] of entries) if (!entry.answered || entry.timer !== undefined) forget(name);
      for (const { drop } of waiting.splice(0)) drop();
    },
  };
};
