import * as vscode from 'vscode';
import { showError } from '../notifications.ts';
import { MachineError } from '../../machines/errors.ts';
import { buttonTitle, type FailureButton, type FailureMessage, failureMessage } from '../failureMessage.ts';
import { plainText } from '../plainText.ts';
import type { Log } from '../services.ts';
import type { CommandId } from './commandIds.ts';

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
    case 'showMachinedJournal':
      return 'nspawn.showMachinedJournal';
    case 'refresh':
      return 'nspawn.refresh';
    case 'openShell':
      return 'nspawn.openShell';
  }
};

const messageOf = (error: unknown): FailureMessage | undefined => {
  if (error instanceof MachineError) return failureMessage(error.failure, vscode.l10n);
  const detail = plainText(error instanceof Error ? error.message : String(error), 300);
  return {
    sentence: vscode.l10n.t('Something unexpected happened: {0}', detail),
    buttons: ['showOutput'],
    name: undefined,
  };
};

const ask = async (message: FailureMessage, retry: (() => Promise<void>) | undefined): Promise<void> => {
  const buttons = message.buttons.filter((button) => button !== 'retryWithPrivileges' || retry !== undefined);
  const titles = buttons.map((button) => buttonTitle(button, vscode.l10n));
  const chosen = await showError(message.sentence, ...titles);
  const button = buttons.find((_, index) => titles[index] === chosen);
  if (button === undefined) return;
  const command = commandBehind(button);
  if (command === undefined) await retry?.();
  else if (message.name === undefined) await vscode.commands.executeCommand(command);
  else await vscode.commands.executeCommand(command, { kind: 'machine', name: message.name });
};

/**
 * Logs a failure and shows it with its buttons. Does not wait for the user: whoever called the command goes on, and a
 * message that nobody answers holds nothing.
 */
export const showFailure = (
  services: { readonly log: Log },
  what: string,
  error: unknown,
  retry?: () => Promise<void>,
): void => {
  const message = messageOf(error);
  if (message === undefined) {
    services.log.debug(`${what}: cancelled`);
    return;
  }
  services.log.error(`${what}: ${message.sentence}`);
  if (error instanceof MachineError) services.log.debug(JSON.stringify(error.failure));
  else if (error instanceof Error) services.log.error(error);
  ask(message, retry).catch((later: unknown) => {
    showFailure(services, what, later);
  });
};
