import * as vscode from 'vscode';
import { operationOn } from '../../machines/backend.ts';
import { showDone, showInformation, showWarning } from '../notifications.ts';
import { shownNames } from '../failuresMessage.ts';
import type { CommandServices } from './handler.ts';
import { rememberMachines } from './sameMachines.ts';
import type { Slow } from './slowOffer.ts';
import { machinesSubject, operate, waitedForAtOnce } from './operate.ts';

const { l10n } = vscode;

const offerAfterMs = 10_000;

const question = (names: readonly string[]): string => {
  const seconds = offerAfterMs / 1000;
  if (names.length === 1)
    return l10n.t(
      '{0} has not stopped within {1} seconds. You can go on waiting; Kill Now ends it at once, and what has not been saved in it is lost.',
      machinesSubject(names),
      seconds,
    );
  return l10n.t(
    '{0} have not stopped within {1} seconds: {2}. You can go on waiting; Kill Now ends them at once, and what has not been saved in them is lost.',
    machinesSubject(names),
    seconds,
    shownNames(names, l10n),
  );
};

const ask = async (services: CommandServices, names: readonly string[]): Promise<void> => {
  const stillThere = rememberMachines(services, names);
  const kill = l10n.t('Kill Now');
  if ((await showWarning(question(names), kill)) !== kill) return;
  // Only those that were spoken of.
  const left = await stillThere();
  if (left.length === 0) {
    void showInformation(
      names.length === 1
        ? l10n.t('Nothing was killed: {0} has ended meanwhile.', shownNames(names, l10n))
        : l10n.t('Nothing was killed: all of them have ended meanwhile: {0}.', shownNames(names, l10n)),
    );
    return;
  }
  const killed = await operate(services, {
    title: l10n.t('Killing {0}', machinesSubject(left)),
    what: l10n.t('killing…'),
    atOnce: waitedForAtOnce,
    names: left,
    operation: (name) => operationOn(services, name, (one) => one.kill, { signal: 'SIGKILL', whom: 'all' }),
  });
  if (killed.length > 0) showDone(l10n.t('{0} killed', machinesSubject(killed)));
};

/** For machines that are asked to stop: after ten seconds a person may end them at once, and need not wait for systemd's limit. */
export const offerToKill = (services: CommandServices): Slow => ({
  afterMs: offerAfterMs,
  offer: (names) => {
    ask(services, names).catch((error: unknown) => services.log.error(String(error)));
  },
});
