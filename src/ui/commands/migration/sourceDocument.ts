import * as vscode from 'vscode';
import { showInformation } from '../../notifications.ts';
import { cancelled } from '../cancelled.ts';

const uriOf = (given: unknown): vscode.Uri | undefined =>
  typeof given === 'string' ? vscode.Uri.parse(given) : given instanceof vscode.Uri ? given : undefined;

/** The file that the caller names, else that of the editor. @throws MachineError cancelled */
export const sourceDocument = async (given: unknown, languages: readonly string[]): Promise<vscode.TextDocument> => {
  const uri = uriOf(given);
  const document =
    uri === undefined ? vscode.window.activeTextEditor?.document : await vscode.workspace.openTextDocument(uri);
  if (document !== undefined && languages.includes(document.languageId)) return document;
  void showInformation(vscode.l10n.t('Open the cgconfig.conf that is to be converted.'));
  throw cancelled();
};
