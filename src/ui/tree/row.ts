import type * as vscode from 'vscode';

/** How texts are translated; handed in, so that what a row says can be tested without VS Code. */
export type L10n = Pick<typeof vscode.l10n, 't'>;

/** One row as plain data: what VS Code is told, before it is made of VS Code's own types. */
export interface Row {
  readonly label: string;
  readonly description: string;
  /** A product icon and the theme colour that says the state; without one the row has no icon. */
  readonly icon: { readonly id: string; readonly color: string | undefined } | undefined;
  /** The whole row in words, for a screen reader. */
  readonly accessible: string;
  readonly contextValue: string;
  readonly collapsible: 'none' | 'collapsed' | 'expanded';
  /** Run by a click, with the node as its argument. */
  readonly command: { readonly id: string; readonly title: string } | undefined;
  /** Given at once; undefined where it is asked for when the mouse rests on the row. */
  readonly tooltip: string | undefined;
}
