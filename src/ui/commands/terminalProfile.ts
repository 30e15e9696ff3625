import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { CommandServices } from './handler.ts';

const terminalProfileId = 'nspawn.machine';

const openedWithinMs = 30_000;

/** VS Code opens the terminal of an extension's profile, but turns neither to it nor, where it is hidden, to the panel. */
const showOnceOpen = (options: vscode.TerminalOptions): void => {
  const opening = vscode.window.onDidOpenTerminal((terminal) => {
    const { creationOptions } = terminal;
    if (!('shellArgs' in creationOptions) || !isDeepStrictEqual(creationOptions.shellArgs, options.shellArgs)) return;
    opening.dispose();
    terminal.show();
  });
  // Where it never opens, nobody waits for it any longer.
  setTimeout(() => void opening.dispose(), openedWithinMs).unref();
};

/** "systemd-nspawn machine…" in the terminal's + menu: asks which machine and opens a shell in it. */
export const registerTerminalProfile = (services: CommandServices): vscode.Disposable =>
  vscode.window.registerTerminalProfileProvider(terminalProfileId, {
    provideTerminalProfile: async () => {
      const { pickName, shellTerminal, showFailure } = await import('./handlers.ts');
      const title = vscode.l10n.t('Open Shell');
      try {
        const name = await pickName(services, [], { fits: 'runningMachine', ability: 'shell' }, title);
        const options = services.terminals.options(await shellTerminal(services, name));
        showOnceOpen(options);
        return new vscode.TerminalProfile(options);
      } catch (error) {
        showFailure(services, title, error);
        return undefined;
      }
    },
  });
