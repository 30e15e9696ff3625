import * as vscode from 'vscode';
import { plainText } from '../plainText.ts';

/** What a title speaks of: one thing by its name, several by their number. */
export const machinesSubject = (names: readonly string[]): string =>
  names.length === 1 ? plainText(names[0] ?? '', 80) : vscode.l10n.t('{0} machines', names.length);

export const imagesSubject = (names: readonly string[]): string =>
  names.length === 1 ? plainText(names[0] ?? '', 80) : vscode.l10n.t('{0} images', names.length);
