import * as vscode from 'vscode';
import { systemdVersion } from '../../machines/machinectl/commands/hostCommands.ts';
import { killMachine } from '../../machines/machinectl/operate/stopMachine.ts';
import { showDone, showInformation, showWarning } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import type { CommandServices } from './handler.ts';
import { operate } from './operate.ts';
import type { Slow } from './slowOffer.ts';
import { machinesSubject } from './subject.ts';

const { l10n } = vscode;

const offerAfterMs = 10_000;

const question = (names: readonly string[]): string => {
  const seconds = offerAfterMs / 1000;
  if (names.length === 1)
    return l10n.t(
      '{0} has not stopped within {1} seconds. Waiting goes on. Kill Now ends it at once, and what has not been saved in it is lost.',
      machinesSubject(names),
      seconds,
    );
  return l10n.t(
    '{0} have not stopped within {1} seconds: {2}. Waiting goes on. Kill Now ends them at once, and what has not been saved in them is lost.',
    machinesSubject(names),
    seconds,
    plainText(names.map((name) => plainText(name, 40)).join(', '), 300),
  );
};

const ask = async (services: CommandServices, names: readonly string[]): Promise<void> => {
  const { machines } = services.inventory;
  const leaders = new Map(names.map((name) => [name, machines.get(name)?.leader]));
  const kill = l10n.t('Kill Now');
  if ((await showWarning(question(names), kill)) !== kill) return;
  // Only those that were spoken of: one that has ended meanwhile may have been started again.
  const left = names.filter((name) => services.inventory.machines.get(name)?.leader === leaders.get(name));
  if (left.length === 0) {
    void showInformation(l10n.t('Nothing was killed: what was waited for has ended meanwhile.'));
    return;
  }
  const systemd = await services.run(systemdVersion);
  const killed = await operate(services, {
    title: l10n.t('Killing {0}', machinesSubject(left)),
    what: l10n.t('killing…'),
    names: left,
    operation: (name) => killMachine(services, name, { signal: 'SIGKILL', whom: 'all', systemd }),
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
