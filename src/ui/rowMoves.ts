/** When rows of the view last came to lie elsewhere, so that a click can be told from one that was aimed at another row. */
export interface RowMoves {
  /** Rows are about to be drawn at other places than before. */
  note(): void;
  /** Whether rows have moved since then, in milliseconds since the epoch. */
  since(moment: number): boolean;
}

export const createRowMoves = (now: () => number = Date.now): RowMoves => {
  const state = { last: -Infinity };
  return {
    note: () => {
      state.last = now();
    },
    since: (moment) => state.last >= moment,
  };
};

/** Whether a list drawn in the place of another one puts any row elsewhere. At the end of the tree rows may come and go. */
export const movesRows = (before: readonly string[], now: readonly string[], endsTree: boolean): boolean => {
  const common = endsTree ? Math.min(before.length, now.length) : Math.max(before.length, now.length);
  return Array.from({ length: common }, (_, index) => index).some((index) => before[index] !== now[index]);
};
