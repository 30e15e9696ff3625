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

/**
 * What VS Code is told to draw anew, undefined for all. Where it draws a selected row anew by itself, it forgets the selected ones
 * below; where it draws all, it remembers them.
 */
export const rowsToDraw = <Row>(rows: readonly Row[], severalSelected: boolean): Row[] | undefined =>
  severalSelected ? undefined : [...rows];

/** Where the keyboard goes when rows leave: to the row after the last of them, else to the one before the first. */
export const rowBeside = <Row>(rows: readonly Row[], leaves: (row: Row) => boolean): Row | undefined => {
  const last = rows.findLastIndex(leaves);
  if (last < 0) return undefined;
  return rows[last + 1] ?? rows.slice(0, last).findLast((row) => !leaves(row));
};

/** Whether a list drawn in the place of another one puts any row elsewhere. At the end of the tree rows may come and go. */
export const movesRows = (before: readonly string[], now: readonly string[], endsTree: boolean): boolean => {
  const common = endsTree ? Math.min(before.length, now.length) : Math.max(before.length, now.length);
  return Array.from({ length: common }, (_, index) => index).some((index) => before[index] !== now[index]);
};
