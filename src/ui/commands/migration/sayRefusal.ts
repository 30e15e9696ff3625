import * as vscode from 'vscode';
import { showWarning } from '../../notifications.ts';
import type { Refused } from '../../migration/migrated.ts';
import { plainText } from '../../plainText.ts';

/** Says why a file cannot be converted, and shows the line. */
export const sayRefusal = async (document: vscode.TextDocument, { line, text }: Refused): Promise<void> => {
  const { lineCount } = document;
  const at = new vscode.Position(Math.max(0, Math.min(line, lineCount) - 1), 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
  void showWarning(
    vscode.l10n.t('Line {0} has to be repaired before this file can be converted: {1}', line, plainText(text, 300)),
  );
};
