import * as vscode from 'vscode';
import { whyItEnded } from '../lxcProblems.ts';
import { showError, showInformation, showProgress, showWarning } from '../notifications.ts';
import { documentMeant } from './documentMeant.ts';
import type { Handler } from './handler.ts';

const { l10n } = vscode;

/** Has the installed LXC read the text that is open. No container is made or started. */
export const validateWithLxc: Handler = async ({ lxcOpinion }, [given]) => {
  const document = await documentMeant(
    given,
    ({ languageId }) => languageId === 'lxc',
    l10n.t('Open the configuration of a container that LXC is to read.'),
  );
  const opinion = await showProgress({ location: vscode.ProgressLocation.Window, title: l10n.t('Asking LXC') }, () =>
    lxcOpinion.ask(document),
  );
  const { refused, leftOut } = opinion;
  const ended = whyItEnded(opinion);
  const notRead =
    leftOut === 0
      ? ''
      : ` ${l10n.t('What the lines about logs and other files name was neither read nor made ({0}).', leftOut)}`;
  if (refused.length === 0 && ended === undefined) {
    void showInformation(`${l10n.t('LXC takes every line of this file.')}${notRead}`);
    return;
  }
  const show = l10n.t('Show Problems');
  const certain = refused.filter(({ isPerhaps }) => isPerhaps !== true).length;
  const answer =
    certain > 0
      ? await showError(
          `${l10n.t('LXC refuses lines of this file ({0}), and with them the whole file.', refused.length)}${notRead}`,
          show,
        )
      : await showWarning(
          ended ??
            `${l10n.t('LXC refuses lines of this file ({0}) where no other file is read with it.', refused.length)}${notRead}`,
          show,
        );
  if (answer === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
};
