import * as vscode from 'vscode';
import { showError, showInformation, showProgress } from '../notifications.ts';
import { documentMeant } from './documentMeant.ts';
import type { Handler } from './handler.ts';

const { l10n } = vscode;

/** Has the installed cgconfigparser read the text that is open. Nothing is set up. */
export const validateWithCgconfigparser: Handler = async ({ cgconfigOpinion }, [given]) => {
  const document = await documentMeant(
    given,
    ({ languageId }) => languageId === 'cgconfig',
    l10n.t('Open the cgconfig.conf that cgconfigparser is to read.'),
  );
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
