import type * as vscode from 'vscode';

/** The languages that the server knows. */
export const ourLanguages: readonly string[] = ['nspawn', 'cgconfig', 'cgrules'];

/** Files and unsaved texts; not the old versions of a file that a comparison shows. */
export const ourSchemes: readonly string[] = ['file', 'untitled'];

export const isOurLanguage = ({ languageId, uri }: Pick<vscode.TextDocument, 'languageId' | 'uri'>): boolean =>
  ourLanguages.includes(languageId) && ourSchemes.includes(uri.scheme);
