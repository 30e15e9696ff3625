import type * as vscode from 'vscode';
import { plainText } from '../plainText.ts';

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

/** The parts that are known and not empty. */
export const present = (parts: readonly (string | undefined)[]): readonly string[] =>
  parts.flatMap((part) => (part === undefined || part === '' ? [] : [part]));

/** `Label: value`, cleaned and cut; undefined where there is no value. */
export const labelled = (label: string, value: string | number | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : `${label}: ${plainText(String(value), 200)}`;
