/** Rows that something is being done to right now, or that has failed, and what: shown on the row until it is over. */
export interface BusyRows {
  /** Marks a row, named as in `nodeId`, until the returned function is called. `what` is shown: `starting…`. */
  begin(rowId: string, what: string): () => void;
  get(rowId: string): string | undefined;
  /** Marks a row as failed, in a word or two (`did not start`), until something else is done to it. */
  fail(rowId: string, what: string): void;
  failure(rowId: string): string | undefined;
  onDidChange(listener: (rowId: string) => void): () => void;
}

export const createBusyRows = (): BusyRows => {
  const rows = new Map<string, readonly string[]>();
  const failures = new Map<string, string>();
  const listeners = new Set<(rowId: string) => void>();
  const set = (rowId: string, marks: readonly string[]): void => {
    if (marks.length > 0) rows.set(rowId, marks);
    else rows.delete(rowId);
    for (const listener of listeners) listener(rowId);
  };
  return {
    begin: (rowId, what) => {
      failures.delete(rowId);
      set(rowId, [...(rows.get(rowId) ?? []), what]);
      const state = { over: false };
      return () => {
        if (state.over) return;
        state.over = true;
        const left = [...(rows.get(rowId) ?? [])];
        left.splice(left.indexOf(what), 1);
        set(rowId, left);
      };
    },
    get: (rowId) => rows.get(rowId)?.at(-1),
    fail: (rowId, what) => {
      failures.set(rowId, what);
      for (const listener of listeners) listener(rowId);
    },
    failure: (rowId) => failures.get(rowId),
    onDidChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
