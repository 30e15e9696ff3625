import * as vscode from 'vscode';
import { showError, showInformation, showProgress } from '../notifications.ts';
import { cancelled } from './answers.ts';
import type { Handler } from './handler.ts';

const { l10n } = vscode;

/** The file that the caller names, else that of the editor. */
const documentToJudge = async (given: unknown): Promise<vscode.TextDocument> => {
  const document =
    given instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(given)
      : vscode.window.activeTextEditor?.document;
  if (document?.languageId === 'cgconfig') return document;
  void showInformation(l10n.t('Open the cgconfig.conf that cgconfigparser is to read.'));
  throw cancelled();
};

/** Has the installed cgconfigparser read the text that is open. Nothing is set up. */
export const validateWithCgconfigparser: Handler = async ({ cgconfigOpinion }, [given]) => {
  const document = await documentToJudge(given);
  const { taken } = await showProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Asking cgconfigparser') },
    () => cgconfigOpinion.ask(document),
  );
  if (taken) {
    void showInformation(l10n.t('cgconfigparser can read this file.'));
    return;
  }
  const show = l10n.t('Show Problems');
  const answer = await showError(l10n.t('cgconfigparser refuses the whole file.'), show);
  if (answer === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
};
