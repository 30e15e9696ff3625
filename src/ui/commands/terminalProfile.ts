import * as vscode from 'vscode';
import type { CommandServices } from './handler.ts';
import { pickName } from './pickNames.ts';
import { shellTerminal } from './shell.ts';
import { showFailure } from './showFailure.ts';

export const terminalProfileId = 'nspawn.machine';

/** "systemd-nspawn machine…" in the terminal's + menu: asks which machine and opens a shell in it. */
export const registerTerminalProfile = (services: CommandServices): vscode.Disposable =>
  vscode.window.registerTerminalProfileProvider(terminalProfileId, {
    provideTerminalProfile: async () => {
      const title = vscode.l10n.t('Open Shell');
      try {
        const name = await pickName(services, [], 'runningMachine', title);
        return new vscode.TerminalProfile(services.terminals.options(await shellTerminal(services, name)));
      } catch (error) {
        showFailure(services, title, error);
        return undefined;
      }
    },
  });
