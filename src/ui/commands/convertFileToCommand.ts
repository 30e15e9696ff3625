import * as vscode from 'vscode';
import { showInformation } from '../notifications.ts';
import { cancelled } from './answers.ts';
import type { Handler } from './handler.ts';

const { l10n } = vscode;

/** The open `.nspawn` file as a new script with the command that starts the machine in the same way; it is not run. */
export const convertFileToCommand: Handler = async ({ language }) => {
  const document = vscode.window.activeTextEditor?.document;
  const client = await language.running();
  const script = document?.languageId === 'nspawn' ? await client.commandFromSettings(document.uri) : undefined;
  if (script === undefined) {
    void showInformation(l10n.t('Open the .nspawn file that is to become a command.'));
    throw cancelled();
  }
  const shown = await vscode.workspace.openTextDocument({ language: 'shellscript', content: script });
  await vscode.window.showTextDocument(shown);
};
