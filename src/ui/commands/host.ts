import * as vscode from 'vscode';
import type { Handler } from './handler.ts';

export const showLog: Handler = ({ log }) => {
  log.show();
  return Promise.resolve();
};

export const openSettings: Handler = async ({ context }) => {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`);
};

export const showMachinedJournal: Handler = ({ terminals }) => {
  terminals.open({
    name: vscode.l10n.t('systemd-machined: journal'),
    icon: 'output',
    file: 'journalctl',
    args: ['--no-pager', '--follow', '--lines=200', '--unit=systemd-machined.service'],
    reuse: 'machined journal',
  });
  return Promise.resolve();
};
