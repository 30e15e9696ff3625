import * as vscode from 'vscode';
import type { Opinion } from '../../machines/configFile.ts';
import { showError, showInformation, showProgress, showWarning } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { documentMeant } from './documentMeant.ts';
import type { Handler } from './handler.ts';

const { l10n } = vscode;

const refusedFor = (why: string, { messages, taken }: Opinion): string => {
  if (!taken) return l10n.t('systemd-nspawn would not start a machine with this file: {0}', why);
  return messages.length === 0
    ? l10n.t('systemd-nspawn takes every line of this file, but would not start the machine: {0}', why)
    : l10n.t(
        'systemd-nspawn leaves out some of this file ({0}), and would not start the machine: {1}',
        messages.length,
        why,
      );
};

/** Has the installed systemd-nspawn read the text that is open. Nothing is started. */
export const validateWithSystemd: Handler = async ({ secondOpinion }, [given]) => {
  const document = await documentMeant(
    given,
    ({ languageId }) => languageId === 'nspawn',
    l10n.t('Open the .nspawn file that systemd-nspawn is to read.'),
  );
  const { messages, taken, obstacles } = await showProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Asking systemd-nspawn') },
    () => secondOpinion.ask(document),
  );
  const [obstacle] = obstacles;
  if (taken && messages.length === 0 && obstacle === undefined) {
    void showInformation(l10n.t('systemd-nspawn takes every line of this file.'));
    return;
  }
  const show = l10n.t('Show Problems');
  const answer =
    obstacle !== undefined
      ? await showError(refusedFor(plainText(obstacle.message, 400), { messages, taken }), show)
      : taken
        ? await showWarning(l10n.t('systemd-nspawn leaves out some of this file ({0}).', messages.length), show)
        : await showError(l10n.t('systemd-nspawn would not start a machine with this file.'), show);
  if (answer === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
};
