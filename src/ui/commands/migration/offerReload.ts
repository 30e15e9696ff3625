import * as vscode from 'vscode';
import { showInformation } from '../../notifications.ts';
import { ignoreOutput } from '../../../machines/command.ts';
import { isRoot, reachForTerminal } from '../../privileges.ts';
import { callInTerminal, failedInTerminal } from '../../toolsFromSettings.ts';
import type { CommandServices } from '../handler.ts';

const { l10n } = vscode;

const call = { file: 'systemctl', args: ['daemon-reload'] };

const reload = async (services: CommandServices): Promise<void> => {
  if (isRoot()) return services.run({ ...call, parse: ignoreOutput, acts: true });
  const title = l10n.t('Reload systemd');
  const reach = await reachForTerminal(services, title, ['org.freedesktop.systemd1.reload-daemon']);
  const request = { name: title, icon: 'shield', ...callInTerminal(reach, call) };
  const exitCode = await services.terminals.run(request, new AbortController().signal);
  if (exitCode === 0) return;
  throw failedInTerminal(request, exitCode);
};

/** systemd reads new units when it is told to. @throws MachineError where it cannot be told */
export const offerReload = async (services: CommandServices): Promise<void> => {
  const button = l10n.t('Reload systemd');
  const sentence = l10n.t('The files are written. systemd reads them when it is reloaded.');
  if ((await showInformation(sentence, button)) === button) await reload(services);
};
