import * as vscode from 'vscode';
import { callInTerminal } from '../toolsFromSettings.ts';
import type { Handler } from './handler.ts';
import type { Reach } from '../../machines/host/reach.ts';
import { mayReadSystemJournal } from '../../machines/host/readableJournal.ts';
import { reachForTerminal } from '../privileges.ts';
import type { Services } from '../services.ts';

/** How this user comes to read the system's journal, which polkit gives to nobody. @throws MachineError cancelled, notAuthorized */
export const reachForJournal = async (services: Pick<Services, 'run'>, title: string): Promise<Reach> =>
  (await mayReadSystemJournal()) ? 'direct' : reachForTerminal(services, title, []);

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
