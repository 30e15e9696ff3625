import type * as vscode from 'vscode';
import type { Backends } from '../machines/backend.ts';
import type { Run } from '../machines/command.ts';
import type { Inventory } from '../machines/inventory.ts';
import type { BusyRows } from './busyRows.ts';
import type { LanguageFeatures } from './languageFeatures.ts';
import type { FocusedRows } from './focusedRows.ts';
import type { RowMoves } from './rowMoves.ts';
import type { ViewRequests } from './viewRequests.ts';

/** What is written to the log, for those that write only. */
export type Log = Pick<vscode.LogOutputChannel, 'debug' | 'info' | 'error'>;

/** What commands and views are given, as one argument. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly run: Run;
  readonly backends: Backends;
  readonly inventory: Inventory;
  readonly busy: BusyRows;
  readonly view: ViewRequests;
  readonly moves: RowMoves;
  readonly focusedRows: FocusedRows;
  readonly language: LanguageFeatures;
}
