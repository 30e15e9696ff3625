import * as vscode from 'vscode';
import { showError, showInformation } from '../../notifications.ts';
import type { GroupFileContents } from '../../languageClient.ts';
import { cancelled } from '../answers.ts';
import type { CommandServices } from '../handler.ts';

const { l10n } = vscode;

/** A cgconfig.conf that is open, and what it would set. */
export interface OpenGroupFile {
  readonly document: vscode.TextDocument;
  readonly contents: GroupFileContents;
  /** The text that says so, whatever is typed meanwhile. */
  readonly text: string;
}

/**
 * The file that the caller names, else that of the editor, else one that is chosen. What counts is the text in the editor, saved
 * or not.
 * @throws MachineError cancelled, after saying why, for a file that is none or that libcgroup would refuse
 */
export const groupFileOf = async ({ language, documents }: CommandServices, given: unknown): Promise<OpenGroupFile> => {
  const active = vscode.window.activeTextEditor?.document;
  const uri = given instanceof vscode.Uri ? given : active?.languageId === 'cgconfig' ? active.uri : await chooseFile();
  const document = await vscode.workspace.openTextDocument(documents.aboutWhich(uri) ?? uri);
  const client = await language.running();
  const text = document.getText();
  const contents = await client.groupFileContents(document.uri);
  if (contents === undefined) {
    void showInformation(l10n.t('Open the cgconfig.conf that is meant.'));
    throw cancelled();
  }
  if (!contents.readable) {
    const show = l10n.t('Show Problems');
    const sentence = l10n.t('This file has mistakes, so libcgroup would apply nothing of it.');
    const answer = await showError(sentence, show);
    if (answer === show) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    }
    throw cancelled();
  }
  // What is typed while the server reads would be applied without anybody having looked at it.
  if (document.getText() !== text) throw cancelled();
  return { document, contents, text };
};

const chooseFile = async (): Promise<vscode.Uri> => {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Choose a cgconfig.conf'),
      defaultUri: vscode.Uri.file('/etc'),
      filters: { 'cgconfig.conf': ['conf'] },
    })) ?? [];
  if (uri === undefined) throw cancelled();
  return uri;
};
