import type { RowMoves } from '../rowMoves.ts';

/** Milliseconds within which a second click belongs to a double click; the longest that desktops let people choose. */
const doubleClickMs = 900;
/** The same for a button that is where it was: who wants its action again soon, as after a question that was cancelled, may have it. */
const sameButtonMs = 500;

export interface Clicks {
  /**
   * Takes in a click on a row. False for the second one of a double click, which was aimed at the first row and the first button,
   * whatever lies under the pointer by now.
   */
  counts(command: string, args: readonly unknown[]): boolean;
  /** A question came between, and was called off: the next click is a first one, however soon it comes. */
  calledOff(): void;
}

/** The row that was clicked, lines below a machine told apart; undefined where no row was. */
const rowOf = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  const owner = 'owner' in value ? (rowOf(value.owner) ?? '') : '';
  const fields = new Map<string, unknown>(Object.entries(value));
  const parts = ['id', 'group', 'detail', 'index'].map((key) => {
    const part = fields.get(key);
    return typeof part === 'string' || typeof part === 'number' ? String(part) : '';
  });
  return JSON.stringify([value.kind, owner, ...parts]);
};

export const createClicks = (moves: RowMoves, now: () => number = Date.now): Clicks => {
  const none = { row: '', command: '', at: -Infinity, first: -Infinity };
  const state = { ...none };
  return {
    counts: (command, args) => {
      const row = rowOf(args[0]);
      if (row === undefined) return true;
      const present = now();
      const pause = present - state.at;
      const isSame = row === state.row && command === state.command && pause < sameButtonMs;
      const isOther = row !== state.row && moves.since(state.first) && pause < doubleClickMs;
      if (isSame || isOther) {
        state.at = present;
        return false;
      }
      Object.assign(state, { row, command, at: present, first: present });
      return true;
    },
    calledOff: () => {
      Object.assign(state, none);
    },
  };
};
