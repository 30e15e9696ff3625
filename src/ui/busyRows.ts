import type { InventoryChange } from '../machines/inventory.ts';

/** What a row says after something has failed, in a word or two (`did not start`), and which news of its machine end that. */
export interface RowFailure {
  readonly what: string;
  readonly outdatedBy: readonly InventoryChange['kind'][];
}

/** Rows that something is being done to right now, or that has failed, and what: shown on the row until it is over. */
export interface BusyRows {
  /**
   * Marks the rows of one thing, named as in `nodeId`, until the returned function is called, with the failure that it ended
   * in if there is one: that stays until something else is done to it. `what` is shown: `starting…`.
   */
  begin(rowIds: readonly string[], what: string): (failure?: RowFailure) => void;
  get(rowId: string): string | undefined;
  failure(rowId: string): string | undefined;
  /** Forgets failures that are told no longer: the host says that the machine has started or ended meanwhile. */
  outdate(changes: readonly InventoryChange[]): void;
  /** All rows of one event at once: VS Code would draw those of a second one only a moment later. */
  onDidChange(listener: (rowIds: readonly string[]) => void): () => void;
}

export const createBusyRows = (): BusyRows => {
  const rows = new Map<string, readonly string[]>();
  const failures = new Map<string, RowFailure>();
  const listeners = new Set<(rowIds: readonly string[]) => void>();
  const tell = (rowIds: readonly string[]): void => {
    for (const listener of listeners) listener(rowIds);
  };
  const unmark = (rowId: string, what: string): void => {
    const left = [...(rows.get(rowId) ?? [])];
    left.splice(left.indexOf(what), 1);
    if (left.length > 0) rows.set(rowId, left);
    else rows.delete(rowId);
  };
  return {
    begin: (rowIds, what) => {
      for (const rowId of rowIds) {
        failures.delete(rowId);
        rows.set(rowId, [...(rows.get(rowId) ?? []), what]);
      }
      tell(rowIds);
      const state = { over: false };
      return (failure) => {
        if (state.over) return;
        state.over = true;
        for (const rowId of rowIds) {
          unmark(rowId, what);
          if (failure !== undefined) failures.set(rowId, failure);
        }
        tell(rowIds);
      };
    },
    get: (rowId) => rows.get(rowId)?.at(-1),
    failure: (rowId) => failures.get(rowId)?.what,
    outdate: (changes) => {
      const isOutdated = (rowId: string, { outdatedBy }: RowFailure): boolean =>
        changes.some(
          (change) =>
            change.kind !== 'availability' &&
            change.id === rowId.slice(rowId.indexOf('/') + 1) &&
            outdatedBy.includes(change.kind),
        );
      const outdated = [...failures].filter(([rowId, failure]) => isOutdated(rowId, failure)).map(([rowId]) => rowId);
      for (const rowId of outdated) failures.delete(rowId);
      if (outdated.length > 0) tell(outdated);
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
