import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { TextForV2 } from '../../migration/migrated.ts';
import { plainText } from '../../plainText.ts';
import { cancelled } from '../answers.ts';
import type { CommandServices } from '../handler.ts';
import { sayRefusal } from './sourceDocument.ts';

const { l10n } = vscode;

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
