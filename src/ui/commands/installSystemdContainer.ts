import * as vscode from 'vscode';
import { showDone, showInformation } from '../notifications.ts';
import { installedTools } from '../../machines/host/hostCommands.ts';
import { reachForTerminal } from '../privileges.ts';
import { callInTerminal, toolPath } from '../toolsFromSettings.ts';
import type { Handler } from './handler.ts';
import { installerFor, packageTools } from './packageManager.ts';

/** Runs the host's package manager in a terminal, where it asks before it does anything. */
export const installSystemdContainer: Handler = async (services) => {
  const installer = installerFor(await installedTools(packageTools, toolPath));
  if (installer === undefined) {
    void showInformation(
      vscode.l10n.t(
        'No package systemd-container is known for this system. Install what brings machinectl and systemd-nspawn, then refresh.',
      ),
    );
    return;
  }
  const title = vscode.l10n.t('Install systemd-container');
  const reach = await reachForTerminal(services, title, []);
  const request = { name: title, icon: 'cloud-download', ...callInTerminal(reach, installer) };
  const code = await services.terminals.run(request, new AbortController().signal);
  if (code !== 0) return;
  showDone(vscode.l10n.t('systemd-container is installed'));
  await services.inventory.refresh();
};
