import { MachineError } from './errors.ts';
import type { Inventory } from './inventory.ts';
import { createInventoryListeners } from './inventoryListeners.ts';

/** Several maps without a key in common, seen as one, whatever they hold by the time that somebody looks. */
const seenAsMap = <Value>(parts: () => readonly ReadonlyMap<string, Value>[]): ReadonlyMap<string, Value> => {
  const entries = function* (): Generator<[string, Value], undefined> {
    for (const part of parts()) yield* part.entries();
    return undefined;
  };
  return {
    get size() {
      return parts().reduce((size, part) => size + part.size, 0);
    },
    get: (key) => {
      for (const part of parts()) {
        const value = part.get(key);
        if (value !== undefined) return value;
      }
      return undefined;
    },
    has: (key) => parts().some((part) => part.has(key)),
    forEach(callback, thisArg?: unknown) {
      for (const [key, value] of entries()) callback.call(thisArg, value, key, this);
    },
    entries,
    *keys() {
      for (const part of parts()) yield* part.keys();
      return undefined;
    },
    *values() {
      for (const part of parts()) yield* part.values();
      return undefined;
    },
    [Symbol.iterator]: entries,
  };
};

/** The same for sets. */
const seenAsSet = (parts: () => readonly ReadonlySet<string>[]): ReadonlySet<string> => {
  const values = function* (): Generator<string, undefined> {
    for (const part of parts()) yield* part.values();
    return undefined;
  };
  return {
    get size() {
      return parts().reduce((size, part) => size + part.size, 0);
    },
    has: (value) => parts().some((part) => part.has(value)),
    forEach(callback, thisArg?: unknown) {
      for (const value of values()) callback.call(thisArg, value, value, this);
    },
    *entries() {
      for (const value of values()) yield [value, value] as [string, string];
      return undefined;
    },
    keys: values,
    values,
    [Symbol.iterator]: values,
  };
};

/**
 * What several inventories have, seen as one. Their keys are different ones.
 * @param first whose availability counts
 * @param ofRow the one that knows a machine or an image
 */
export const joinInventories = (
  first: Inventory,
  all: readonly Inventory[],
  ofRow: (id: string) => Inventory | undefined,
): Inventory => {
  const listeners = createInventoryListeners();
  for (const inventory of all) inventory.onDidChange(listeners.emit);
  return {
    get availability() {
      return first.availability;
    },
    machines: seenAsMap(() => all.map(({ machines }) => machines)),
    images: seenAsMap(() => all.map(({ images }) => images)),
    get imagesCut() {
      return all.some(({ imagesCut }) => imagesCut);
    },
    enabled: seenAsSet(() => all.map(({ enabled }) => enabled)),
    failed: seenAsMap(() => all.map(({ failed }) => failed)),
    watch: async () => {
      await Promise.all(all.map((one) => one.watch()));
    },
    pause: () => all.forEach((one) => one.pause()),
    refresh: async () => {
      await Promise.all(all.map((one) => one.refresh()));
    },
    details: (id) => ofRow(id)?.details(id) ?? Promise.reject(new MachineError({ kind: 'noSuchMachine', name: id })),
    learn: (machine, details) => ofRow(machine.id)?.learn?.(machine, details),
    imageOs: (id) => ofRow(id)?.imageOs(id) ?? Promise.resolve(undefined),
    onDidChange: listeners.onDidChange,
    dispose: () => {
      listeners.clear();
      all.forEach((one) => one.dispose());
    },
  };
};
