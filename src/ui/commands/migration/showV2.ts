import { basename } from 'node:path';
import * as vscode from 'vscode';
import { cancelled } from '../answers.ts';
import type { CommandServices } from '../handler.ts';
import type { Refused, TextForV2 } from '../../../protocol/migration.ts';
import { documentMeant } from '../documentMeant.ts';
import { showWarning } from '../../notifications.ts';
import { plainText } from '../../plainText.ts';

const { l10n } = vscode;

/** The file that is to be converted. @throws MachineError cancelled */
export const documentToConvert = (given: unknown, languages: readonly string[]): Promise<vscode.TextDocument> =>
  documentMeant(
    given,
    ({ languageId }) => languages.includes(languageId),
    l10n.t('Open the file that is to be converted.'),
  );

/** Says why a file cannot be converted, and shows the line. */
export const sayRefusal = async (document: vscode.TextDocument, { line, text }: Refused): Promise<void> => {
  const { lineCount } = document;
  const at = new vscode.Position(Math.max(0, Math.min(line, lineCount) - 1), 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
  void showWarning(
    l10n.t('Line {0} has to be repaired before this file can be converted: {1}', line, plainText(text, 300)),
  );
};

/** What a file is for cgroup v2. @throws MachineError cancelled where there is no such text, which has been said */
export const askForV2 = async (services: CommandServices, document: vscode.TextDocument): Promise<TextForV2> => {
  const client = await services.language.running();
  const result = await client.migrateToV2(document.uri);
  if (result?.kind === 'v2') return result;
  if (result !== undefined) await sayRefusal(document, result);
  throw cancelled();
};

/** Both texts side by side. */
export const showV2 = async (
  { migrations }: CommandServices,
  document: vscode.TextDocument,
  result: TextForV2,
): Promise<vscode.Uri> => {
  const uri = migrations.keep({ source: document.uri, from: document.getText(), result });
  // Loaded first, so that the comparison begins with its text and its colours.
  const right = await vscode.workspace.openTextDocument(uri);
  if (right.languageId !== document.languageId)
    await vscode.languages.setTextDocumentLanguage(right, document.languageId);
  const name = plainText(basename(document.uri.path), 60);
  await vscode.commands.executeCommand('vscode.diff', document.uri, uri, l10n.t('{0}: v1 ↔ v2', name));
  return uri;
};
