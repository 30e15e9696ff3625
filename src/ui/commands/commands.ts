import * as vscode from 'vscode';
import { isCancelled } from '../../machines/errors.ts';
import { createCgconfigOpinion } from '../cgconfigOpinion.ts';
import { createDocuments } from '../documents.ts';
import { createLxcOpinion } from '../lxcOpinion.ts';
import { createMigrations } from '../migration/migrations.ts';
import { createSecondOpinion } from '../secondOpinion.ts';
import type { Services } from '../services.ts';
import { showError } from '../notifications.ts';
import { createTerminals } from '../terminal.ts';
import { createClicks } from './clicks.ts';
import { buttons, type CommandId, commandIds } from './commandIds.ts';
import { meantByKey } from './keys.ts';
import { requireTrust } from './requireTrust.ts';
import { registerTerminalProfile } from './terminalProfile.ts';
import type { CommandServices } from './handler.ts';

/** The one wrapper round every handler: a failure is logged and shown, never thrown at whoever called the command. */
const run = async (
  services: CommandServices,
  called: CommandId,
  given: readonly unknown[],
  byButton?: true,
): Promise<void> => {
  services.log.debug(called);
  const meant = await meantByKey(services.focusedRows, called, given, byButton);
  if (meant === undefined) return;
  const { id, args } = meant;
  if (!services.clicks.counts(id, args)) return;
  try {
    // What commands do is as large as all the rest, and read with the first of them.
    const { handlers } = await import('./handlers.ts');
    requireTrust(id);
    await handlers[id](services, args);
  } catch (error) {
    if (isCancelled(error)) services.clicks.calledOff();
    try {
      const { showFailure } = await import('./handlers.ts');
      showFailure(services, id, error);
    } catch {
      // The very file that cannot be read would say it better.
      services.log.error(`${id}: ${String(error)}`);
      void showError(String(error));
    }
  }
};

/** Registers every command, the terminal profile and the read-only documents. */
export const registerCommands = (services: Services): vscode.Disposable => {
  const terminals = createTerminals();
  const documents = createDocuments(services);
  const secondOpinion = createSecondOpinion(services);
  const cgconfigOpinion = createCgconfigOpinion(services);
  const lxcOpinion = createLxcOpinion(services);
  const migrations = createMigrations();
  const commandServices: CommandServices = {
    ...services,
    clicks: createClicks(services.moves),
    terminals,
    documents,
    secondOpinion,
    cgconfigOpinion,
    lxcOpinion,
    migrations,
  };
  return vscode.Disposable.from(
    terminals,
    documents,
    secondOpinion,
    cgconfigOpinion,
    lxcOpinion,
    migrations,
    registerTerminalProfile(commandServices),
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, (...args: readonly unknown[]) => run(commandServices, id, args)),
    ),
    ...Object.entries(buttons).map(([button, id]) =>
      vscode.commands.registerCommand(button, (...args: readonly unknown[]) => run(commandServices, id, args, true)),
    ),
  );
};
