import * as vscode from 'vscode';
import { showWarning } from '../notifications.ts';
import { cancelled } from './answers.ts';
import { type CommandId, commandsOnTexts } from './commandIds.ts';

const { l10n } = vscode;

const offerTrust = async (): Promise<void> => {
  const manage = l10n.t('Manage Workspace Trust');
  const sentence = l10n.t(
    'Nothing was done: this folder is not trusted, and the command would use its text with the rights of root. Trust the folder first, if you know who wrote it.',
  );
  if ((await showWarning(sentence, manage)) === manage) await vscode.commands.executeCommand('workbench.trust.manage');
};

/** @throws MachineError cancelled, after saying why, for a command that acts on a text of a folder that is not trusted */
export const requireTrust = (id: CommandId): void => {
  if (!commandsOnTexts.has(id) || vscode.workspace.isTrusted) return;
  void offerTrust();
  throw cancelled();
};
