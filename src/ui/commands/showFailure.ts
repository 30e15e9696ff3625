import * as vscode from 'vscode';
import { showError, showInformation } from '../notifications.ts';
import { MachineError } from '../../machines/errors.ts';
import { nameOf } from '../../machines/reference.ts';
import { buttonTitle, type FailureButton } from '../failureButtons.ts';
import { type FailedOne, failedOne, type FailuresMessage, failuresMessage, shownNames } from '../failuresMessage.ts';
import type { Log } from '../services.ts';
import type { CommandId } from './commandIds.ts';
import type { MachineNode } from '../tree/node.ts';
import { type KnownMachines, rememberMachines } from './sameMachines.ts';

/** The command behind a button; undefined for what only the caller can do. */
const commandBehind = (button: FailureButton): CommandId | undefined => {
  switch (button) {
    case 'retryWithPrivileges':
      return undefined;
    case 'showJournal':
      return 'nspawn.followJournal';
    case 'showOutput':
      return 'nspawn.showLog';
    case 'openSettings':
      return 'nspawn.openSettings';
    case 'openNspawnFile':
      return 'nspawn.openNspawnFile';
    case 'terminate':
      return 'nspawn.terminate';
    case 'kill':
      return 'nspawn.kill';
    case 'install':
      return 'nspawn.installSystemdContainer';
    case 'installLxc':
      return 'nspawn.installLxc';
    case 'installCgroupTools':
      return 'nspawn.installCgroupTools';
    case 'showMachinedJournal':
      return 'nspawn.showMachinedJournal';
    case 'refresh':
      return 'nspawn.refresh';
    case 'openShell':
      return 'nspawn.openShell';
    case 'unfreeze':
      return 'nspawn.unfreeze';
  }
};

/** Ends what was spoken of, and nothing that has come in its place since. */
const endsMachines = (button: FailureButton): boolean => button === 'terminate' || button === 'kill';

const nodes = (ids: readonly string[]): readonly MachineNode[] => ids.map((id) => ({ kind: 'machine', id }));

interface Shown {
  readonly message: FailuresMessage;
  /** Does it once more with other rights, for these names. */
  readonly retry: ((names: readonly string[]) => Promise<void>) | undefined;
}

/** What showing a failure needs of the extension. */
export interface FailureServices {
  readonly log: Log;
  readonly inventory: KnownMachines;
}

const ask = async (services: FailureServices, { message, retry }: Shown): Promise<void> => {
  const buttons = message.buttons.filter((button) => button !== 'retryWithPrivileges' || retry !== undefined);
  const titles = buttons.map((button) => buttonTitle(button, vscode.l10n));
  const ending = buttons.filter(endsMachines).flatMap((button) => message.namesOf(button));
  const stillThere = rememberMachines(services, [...new Set(ending)]);
  const chosen = await showError(message.sentence, ...titles);
  const button = buttons.find((_, index) => titles[index] === chosen);
  if (button === undefined) return;
  const command = commandBehind(button);
  const meant = message.namesOf(button);
  if (command === undefined) return retry?.(meant);
  const there = endsMachines(button) ? new Set(await stillThere()) : undefined;
  const names = there === undefined ? meant : meant.filter((name) => there.has(name));
  if (meant.length > 0 && names.length === 0) {
    void showInformation(
      meant.length === 1
        ? vscode.l10n.t('Nothing was done: {0} has ended meanwhile.', shownNames(meant, vscode.l10n))
        : vscode.l10n.t('Nothing was done: all of them have ended meanwhile: {0}.', shownNames(meant, vscode.l10n)),
    );
    return;
  }
  const [first] = nodes(names);
  if (first === undefined) await vscode.commands.executeCommand(command);
  else await vscode.commands.executeCommand(command, first, nodes(names));
};

export interface Failed {
  readonly name: string;
  readonly error: unknown;
}

/**
 * Logs what failed in one action and shows it as one notification with its buttons. Does not wait for the user: whoever called the
 * command goes on, and a message that nobody answers holds nothing.
 */
export const showFailures = (
  services: FailureServices,
  what: string,
  failed: readonly Failed[],
  retry?: (names: readonly string[]) => Promise<void>,
): void => {
  const told: FailedOne[] = [];
  for (const { name, error } of failed) {
    const one = failedOne(name, error, error instanceof MachineError ? error.failure : undefined, vscode.l10n);
    if (one === undefined) {
      services.log.debug(`${what}: cancelled`);
      continue;
    }
    told.push(one);
    services.log.error(`${what}: ${name === '' ? '' : `${nameOf(name)}: `}${one.message.sentence}`);
    if (error instanceof MachineError) services.log.debug(JSON.stringify(error.failure));
    else if (error instanceof Error) services.log.error(error);
  }
  if (told.length === 0) return;
  const message = failuresMessage(what, told, vscode.l10n);
  ask(services, { message, retry }).catch((later: unknown) => {
    showFailure(services, what, later);
  });
};

/** The same for one failure, of whatever it is about. */
export const showFailure = (
  services: FailureServices,
  what: string,
  error: unknown,
  retry?: () => Promise<void>,
): void => {
  showFailures(services, what, [{ name: '', error }], retry);
};
