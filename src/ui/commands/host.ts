import * as vscode from 'vscode';
import { callInTerminal } from '../reachFromSettings.ts';
import type { Handler } from './handler.ts';
import { reachForJournal } from './journalReach.ts';

export const showLog: Handler = ({ log }) => {
  log.show();
  return Promise.resolve();
};

export const openSettings: Handler = async ({ context }) => {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`);
};

export const showMachinedJournal: Handler = async (services) => {
  const name = vscode.l10n.t('systemd-machined: journal');
  const reach = await reachForJournal(services, name);
  const args = ['--no-pager', '--follow', '--lines=200', '--unit=systemd-machined.service'];
  const call = callInTerminal(reach, { file: 'journalctl', args });
  services.terminals.open({ name, icon: 'output', reuse: 'machined journal', ...call });
};
