import * as vscode from 'vscode';
import { showInformation, showWarning } from '../../notifications.ts';
import { cancelled } from '../answers.ts';
import type { Refused } from '../../migration/migrated.ts';
import { plainText } from '../../plainText.ts';

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

/** Says why a file cannot be converted, and shows the line. */
export const sayRefusal = async (document: vscode.TextDocument, { line, text }: Refused): Promise<void> => {
  const { lineCount } = document;
  const at = new vscode.Position(Math.max(0, Math.min(line, lineCount) - 1), 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
  void showWarning(
    vscode.l10n.t('Line {0} has to be repaired before this file can be converted: {1}', line, plainText(text, 300)),
  );
};
