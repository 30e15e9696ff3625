import * as vscode from 'vscode';
import { showError, showInformation, showProgress, showWarning } from '../notifications.ts';
import { cancelled } from './cancelled.ts';
import type { Handler } from './handler.ts';

const { l10n } = vscode;

/** The file that the caller names, else that of the editor. */
const documentToJudge = async (given: unknown): Promise<vscode.TextDocument> => {
  const document =
    given instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(given)
      : vscode.window.activeTextEditor?.document;
  if (document?.languageId === 'nspawn') return document;
  void showInformation(l10n.t('Open the .nspawn file that systemd-nspawn is to read.'));
  throw cancelled();
};

/** Has the installed systemd-nspawn read the text that is open. Nothing is started. */
export const validateWithSystemd: Handler = async ({ secondOpinion }, [given]) => {
  const document = await documentToJudge(given);
  const { messages, taken } = await showProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Asking systemd-nspawn') },
    () => secondOpinion.ask(document),
  );
  if (taken && messages.length === 0) {
    void showInformation(l10n.t('systemd-nspawn takes every line of this file.'));
    return;
  }
  const show = l10n.t('Show Problems');
  const count = messages.length;
  const answer = taken
    ? await showWarning(l10n.t('systemd-nspawn leaves out some of this file ({0}).', count), show)
    : await showError(l10n.t('systemd-nspawn would not start a machine with this file.'), show);
  if (answer === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
};
