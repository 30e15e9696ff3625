import * as vscode from 'vscode';
import { inertText } from './plainText.ts';

export interface LanguageItem {
  /** Draws icons in both and makes links in the detail: what others wrote becomes neither. */
  readonly show: (shown: {
    readonly text?: string;
    readonly detail: string;
    readonly severity?: vscode.LanguageStatusSeverity;
  }) => void;
  readonly dispose: () => void;
}

/** What stands beside the language of a `.nspawn` file in the status bar. Name and command are our own words. */
export const createLanguageItem = (
  id: string,
  { name, text, command }: Pick<vscode.LanguageStatusItem, 'name' | 'text' | 'command'>,
): LanguageItem => {
  const item = vscode.languages.createLanguageStatusItem(id, { language: 'nspawn' });
  item.name = name;
  item.text = text;
  item.command = command;
  return {
    show: (shown) => {
      if (shown.text !== undefined) item.text = inertText(shown.text);
      item.detail = inertText(shown.detail);
      item.severity = shown.severity ?? vscode.LanguageStatusSeverity.Information;
    },
    dispose: () => item.dispose(),
  };
};
