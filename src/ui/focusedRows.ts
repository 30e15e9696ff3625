import * as vscode from 'vscode';

/** The views whose rows commands act on. */
type RowViewId = 'nspawn.machines' | 'nspawn.cgroups';

type RowView = Pick<vscode.TreeView<unknown>, 'selection' | 'visible'>;

/** Which row the keyboard is on. VS Code hands no row to a command that was called by a key or from the palette. */
export interface FocusedRows {
  add(id: RowViewId, view: RowView): void;
  /** What a menu of the row would hand over: the row, and all selected ones where it is one of them. Empty where no row has the focus. */
  argumentsOf(id: RowViewId): Promise<readonly unknown[]>;
}

/**
 * An extension is told which rows are selected, not which one has the focus: the arrow keys move only that. Toggling the selection of
 * the focused row shows which it is, opens nothing, and is taken back at once. It acts on the list that had the focus last: where that
 * is another one, our selection stays as it is.
 */
export const createFocusedRows = (
  execute: (command: string) => Thenable<unknown> = (command) => vscode.commands.executeCommand(command),
): FocusedRows => {
  const views = new Map<RowViewId, RowView>();
  return {
    add: (id, view) => void views.set(id, view),
    argumentsOf: async (id) => {
      const view = views.get(id);
      if (view?.visible !== true) return [];
      const before = view.selection;
      await execute('list.toggleSelection');
      const after = view.selection;
      await execute('list.toggleSelection');
      const focused = after.find((row) => !before.includes(row)) ?? before.find((row) => !after.includes(row));
      // Where the focus is elsewhere, what was chosen last is meant.
      const row = focused ?? before[0];
      if (row === undefined) return [];
      return [row, before.includes(row) ? before : [row]];
    },
  };
};
