import * as vscode from 'vscode';
import { showDone } from '../notifications.ts';
import { backendOf, operationOn } from '../../machines/backend.ts';
import { readRef } from '../../machines/reference.ts';
import { disableAtBoot, enableAtBoot } from './bootState.ts';
import { confirm } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { offerToKill } from './killNow.ts';
import { listApart } from './describeLoss.ts';
import { offerKillSignal } from './offerKillSignal.ts';
import { pickNames } from './pickNames.ts';
import { plainText, shownName } from '../plainText.ts';
import { targetsOf } from './targets.ts';
import { explainStart } from './startObstacles.ts';
import { machinesSubject, operate, waitedForAtOnce } from './operate.ts';

const { l10n } = vscode;

const oneLine = (names: readonly string[]): string =>
  plainText(names.map((name) => shownName(name, 40)).join(', '), 200);

/** Whether more was selected than an action fits: then it says what it was done to. */
const isPart = (args: readonly unknown[], names: readonly string[]): boolean =>
  (targetsOf(args)?.length ?? 0) > names.length;

export const start: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'startable', ability: 'start' }, l10n.t('Start'));
  const done = await operate(services, {
    title: l10n.t('Starting {0}', machinesSubject(names)),
    what: l10n.t('starting…'),
    names,
    operation: (name) => operationOn(services, name, (one) => one.start),
    explain: (name, error) => explainStart(services, name, error),
  });
  if (done.length > 1 || isPart(args, names)) showDone(l10n.t('Started: {0}', oneLine(done)));
};

/** Milliseconds before a click in which rows that move may have put another machine under the pointer than was aimed at. */
const aimingMs = 1500;

/** Asks, where rows have just moved, whether these are the machines that were meant. @throws MachineError cancelled */
const confirmAim = async (
  services: CommandServices,
  args: readonly unknown[],
  names: readonly string[],
  { question, button }: { readonly question: string; readonly button: string },
): Promise<void> => {
  if (targetsOf(args) === undefined || !services.moves.since(Date.now() - aimingMs)) return;
  await confirm(
    question,
    names.length === 1
      ? l10n.t(
          'The rows have just moved, so you may have aimed at another machine. This one is meant now:\n{0}',
          listApart(services, names),
        )
      : l10n.t(
          'The rows have just moved, so you may have aimed at other machines. These are meant now:\n{0}',
          listApart(services, names),
        ),
    button,
  );
};

export const powerOff: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'runningMachine', ability: 'poweroff' }, l10n.t('Power Off'));
  await confirmAim(services, args, names, {
    question: l10n.t('Power off {0}?', machinesSubject(names)),
    button: l10n.t('Power Off'),
  });
  const busybox = new Set<string>();
  const done = await operate(services, {
    title: l10n.t('Powering off {0}', machinesSubject(names)),
    what: l10n.t('powering off…'),
    atOnce: waitedForAtOnce,
    names,
    slow: offerToKill(services),
    operation: async (name) => {
      if ((await backendOf(services.backends, name)?.runsBusybox?.(services, readRef(name))) === true)
        busybox.add(name);
      return operationOn(services, name, (one) => one.powerOff);
    },
  });
  if (done.length > 1 || isPart(args, names)) showDone(l10n.t('Powered off: {0}', oneLine(done)));
  await offerKillSignal(
    services,
    done.filter((name) => busybox.has(name)),
  );
};

export const reboot: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'runningMachine', ability: 'reboot' }, l10n.t('Reboot'));
  await confirmAim(services, args, names, {
    question: l10n.t('Reboot {0}?', machinesSubject(names)),
    button: l10n.t('Reboot'),
  });
  await operate(services, {
    title: l10n.t('Rebooting {0}', machinesSubject(names)),
    what: l10n.t('rebooting…'),
    atOnce: waitedForAtOnce,
    names,
    operation: (name) => operationOn(services, name, (one) => one.reboot),
  });
};

/** One by its name, several by all of their names. */
const sayBoot = (names: readonly string[], starts: boolean): void => {
  if (names.length === 0) return;
  if (names.length === 1)
    showDone(
      starts
        ? l10n.t('{0} will start at boot', machinesSubject(names))
        : l10n.t('{0} will not start at boot', machinesSubject(names)),
    );
  else
    showDone(
      starts
        ? l10n.t('They will start at boot: {0}', oneLine(names))
        : l10n.t('They will not start at boot: {0}', oneLine(names)),
    );
};

export const enable: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'disabled', ability: 'enable' }, l10n.t('Enable at Boot'));
  sayBoot(await enableAtBoot(services, names), true);
};

export const disable: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'enabled', ability: 'disable' }, l10n.t('Disable at Boot'));
  sayBoot(await disableAtBoot(services, names), false);
};
