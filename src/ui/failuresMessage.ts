import type * as vscode from 'vscode';
import type { MachineFailure } from '../machines/errors.ts';
import { nameOf } from '../machines/reference.ts';
import type { FailureButton } from './failureButtons.ts';
import { type FailureMessage, failureMessage, startReason } from './failureMessage.ts';
import { plainText, shownName } from './plainText.ts';

type L10n = Pick<typeof vscode.l10n, 't'>;

/** What became of one machine or image of several. */
export interface FailedOne {
  readonly name: string;
  /** Undefined where something unexpected was thrown, which `message` tells. */
  readonly failure: MachineFailure | undefined;
  readonly message: FailureMessage;
}

export interface FailuresMessage {
  readonly sentence: string;
  readonly buttons: readonly FailureButton[];
  /** What a button acts on: those alone to whose failure it belongs. */
  readonly namesOf: (button: FailureButton) => readonly string[];
}

/** VS Code cuts a notification off after a thousand characters; there is something to say around the names, too. */
const namesLimit = 500;
const reasonsLimit = 700;

/** Names in a sentence, all of them as long as there is room. */
export const shownNames = (names: readonly string[], l10n: L10n, limit = namesLimit): string => {
  const parts: string[] = [];
  const room = { left: limit };
  for (const name of names) {
    const part = shownName(name, 64);
    if (part.length > room.left) break;
    room.left -= part.length + 2;
    parts.push(part);
  }
  const rest = names.length - parts.length;
  return rest === 0 ? parts.join(', ') : l10n.t('{0} and {1} more', parts.join(', '), rest);
};

/** A reason in words, and whether it names the machine or image itself. */
const reasonOf = ({ name, failure, message }: FailedOne): { readonly words: string; readonly named: boolean } => {
  const said = failure?.kind === 'didNotStart' ? startReason(failure) : '';
  if (said !== '') return { words: said, named: false };
  return { words: message.sentence, named: message.sentence.includes(shownName(name, 80)) };
};

/** Each reason once, with the names that it does not say itself. */
const reasons = (failed: readonly FailedOne[], l10n: L10n): string => {
  const byReason = new Map<string, string[]>();
  const named = new Set<string>();
  for (const one of failed) {
    const { words, named: isNamed } = reasonOf(one);
    byReason.set(words, [...(byReason.get(words) ?? []), one.name]);
    if (isNamed) named.add(words);
  }
  const parts = [...byReason].map(([words, names]) =>
    named.has(words) && names.length === 1 ? words : `${shownNames(names, l10n)}: ${words}`,
  );
  return plainText(parts.join(' · '), reasonsLimit);
};

/** In one sentence what befell all of them alike; undefined where there is none for several. */
const sameForAll = (failed: readonly FailedOne[], l10n: L10n): string | undefined => {
  const names = failed.map(({ name }) => name);
  const [first] = failed;
  if (first === undefined || failed.some(({ failure }) => failure?.kind !== first.failure?.kind)) return undefined;
  switch (first.failure?.kind) {
    case 'didNotStop':
      return l10n.t(
        '{0} machines still run after {1} seconds: {2}. They may not react to a request to stop.',
        names.length,
        Math.round(first.failure.waitedMs / 1000),
        shownNames(names, l10n),
      );
    case 'didNotStart':
      return l10n.t('{0} machines did not start. {1}', names.length, reasons(failed, l10n));
    case 'machineRunning':
      return l10n.t('{0} machines are running: {1}. Stop them first.', names.length, shownNames(names, l10n));
    default:
      return undefined;
  }
};

/** One message for all that failed in one action, whether one or many, that names each of them. */
export const failuresMessage = (title: string, failed: readonly FailedOne[], l10n: L10n): FailuresMessage => {
  const [first] = failed;
  const offered = [...new Set(failed.flatMap(({ message }) => message.buttons))];
  // What is done once more is done to what it was done to, whatever the failure is about.
  const retried = (button: FailureButton, name: string): string | undefined =>
    button === 'retryWithPrivileges' ? name : undefined;
  if (first !== undefined && failed.length === 1)
    return {
      sentence: first.message.sentence,
      buttons: offered,
      namesOf: (button) => {
        const name = retried(button, first.name) ?? first.message.name;
        return name === undefined ? [] : [name];
      },
    };
  const alike = sameForAll(failed, l10n);
  // Reasons may be cut off; the output has all of them.
  const buttons = alike !== undefined || offered.includes('showOutput') ? offered : [...offered, 'showOutput' as const];
  return {
    sentence: alike ?? l10n.t('{0}: {1} failed. {2}', title, failed.length, reasons(failed, l10n)),
    buttons,
    namesOf: (button) =>
      failed.flatMap(({ name, message }) =>
        message.buttons.includes(button) ? [retried(button, name) ?? message.name ?? name] : [],
      ),
  };
};

/** What is said of an error, also of one that nobody expected; undefined for a cancel. */
export const failedOne = (
  name: string,
  error: unknown,
  failure: MachineFailure | undefined,
  l10n: L10n,
): FailedOne | undefined => {
  const detail = plainText(error instanceof Error ? error.message : String(error), 300);
  const message =
    failure === undefined
      ? {
          sentence: l10n.t('Something unexpected happened: {0}', detail),
          buttons: ['showOutput' as const],
          name: undefined,
        }
      : failureMessage(failure, l10n);
  if (message === undefined) return undefined;
  // A kind of machines that knows its own by their names alone means what it was asked to act on, and no namesake of another kind.
  const isOwnName = message.name !== undefined && message.name === nameOf(name);
  return { name, failure, message: isOwnName ? { ...message, name } : message };
};
