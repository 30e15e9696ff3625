import * as vscode from 'vscode';
import { waitUntil } from '../machines/waitUntil.ts';

/** The views whose rows commands act on. */
type RowViewId = 'nspawn.machines' | 'nspawn.cgroups';

type RowView = Pick<vscode.TreeView<unknown>, 'selection' | 'visible'>;

/** Which row the keyboard is on. VS Code hands no row to a command that was called by a key or from the palette. */
export interface FocusedRows {
  add(id: RowViewId, view: RowView): void;
  /** What a menu of the row would hand over: the row, and all selected ones where it is one of them. Empty where no row has the focus. */
  argumentsOf(id: RowViewId): Promise<readonly unknown[]>;
  /**
   * What a menu of several rows has handed over, whole: while VS Code draws rows anew it does not know them for a moment, and hands over undefined in their place.
   */
  whole(id: RowViewId, args: readonly unknown[]): Promise<readonly unknown[]>;
  /** The same for the menu of one row, which has the focus since its menu was opened. A button gives its row no focus. */
  wholeOfMenu(id: RowViewId, args: readonly unknown[]): Promise<readonly unknown[]>;
  /** Whether the selection is another one for a moment, only to see which row has the focus. */
  isLooking(): boolean;
}

/** Milliseconds within which a drawing of rows is over. */
const drawingMs = 5_000;

/**
 * An extension is told which rows are selected, not which one has the focus: the arrow keys move only that. Toggling the selection of
 * the focused row shows which it is, opens nothing, and is taken back at once. It acts on the list that had the focus last: where that
 * is another one, our selection stays as it is.
 */
export const createFocusedRows = (
  execute: (command: string) => Thenable<unknown> = (command) => vscode.commands.executeCommand(command),
): FocusedRows => {
  const views = new Map<RowViewId, RowView>();
  const state = { looking: 0 };
  const withFocusedToggled = async <Seen>(look: () => Seen): Promise<Seen> => {
    state.looking += 1;
    try {
      await execute('list.toggleSelection');
      const seen = look();
      await execute('list.toggleSelection');
      return seen;
    } finally {
      state.looking -= 1;
    }
  };
  const focusedIn = (before: readonly unknown[], after: readonly unknown[]): unknown =>
    after.find((row) => !before.includes(row)) ?? before.find((row) => !after.includes(row));

  const whole: FocusedRows['whole'] = async (id, args) => {
    const [clicked, given] = args;
    const view = views.get(id);
    if (view === undefined || !Array.isArray(given) || given.length < 2 || !given.includes(undefined)) return args;
    const known = [clicked, ...(given as readonly unknown[])].filter((row) => row !== undefined);
    const isThere = (): Promise<boolean> => {
      const { selection } = view;
      return Promise.resolve(selection.length === given.length && known.every((row) => selection.includes(row)));
    };
    const { signal } = new AbortController();
    if (!(await waitUntil(isThere, { limitMs: drawingMs, signal }))) return args;
    return [clicked ?? view.selection[0], view.selection];
  };

  return {
    add: (id, view) => void views.set(id, view),
    argumentsOf: async (id) => {
      const view = views.get(id);
      if (view?.visible !== true) return [];
      const before = view.selection;
      const after = await withFocusedToggled(() => view.selection);
      const focused = focusedIn(before, after);
      // Where the focus is elsewhere, what was chosen last is meant.
      const row = focused ?? before[0];
      if (row === undefined) return [];
      return [row, before.includes(row) ? before : [row]];
    },
    whole,
    wholeOfMenu: async (id, args) => {
      const view = views.get(id);
      const [clicked, given] = args;
      if (view === undefined || args.length < 2 || clicked !== undefined || given !== undefined) return whole(id, args);
      // A look during which VS Code comes to know its rows again shows another row: two of a kind count.
      const seen: { row: unknown } = { row: undefined };
      const isSure = async (): Promise<boolean> => {
        const before = view.selection;
        const row = focusedIn(before, await withFocusedToggled(() => view.selection));
        const isSame = row !== undefined && row === seen.row;
        seen.row = row;
        return isSame;
      };
      const { signal } = new AbortController();
      return (await waitUntil(isSure, { limitMs: drawingMs, signal })) ? [seen.row, undefined] : args;
    },
    isLooking: () => state.looking > 0,
  };
};
