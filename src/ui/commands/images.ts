import * as vscode from 'vscode';
import { showDone } from '../notifications.ts';
import { backendOf, operationOn } from '../../machines/backend.ts';
import { nameOf, readRef } from '../../machines/reference.ts';
import { plainText, shownName } from '../plainText.ts';
import { askImageName } from './askImageName.ts';
import { carryBootState, disableAtBoot } from './bootState.ts';
import { confirm } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { describeLoss, type SnapshotsLost } from './describeLoss.ts';
import { pickName, pickNames } from './pickNames.ts';
import { machineOfImage, targetsOf } from './targets.ts';
import { tellApart } from '../tree/kinds.ts';
import { imagesSubject, machinesSubject, operate } from './operate.ts';

const { l10n } = vscode;

/** Of a kind that nothing starts at boot, nothing does. */
const startsAtBoot = async (services: CommandServices, name: string): Promise<boolean> =>
  (await backendOf(services.backends, name)?.startsAtBoot?.(services, readRef(name))) === true;

export const clone: Handler = async (services, args) => {
  const from = await pickName(services, args, { fits: 'managedImage', ability: 'clone' }, l10n.t('Clone'));
  const shown = shownName(from, 80);
  const to = await askImageName(services, l10n.t('Clone {0}', shown), from, `${nameOf(from)}-copy`);
  const done = await operate(services, {
    title: l10n.t('Cloning {0}', shown),
    what: l10n.t('cloning…'),
    names: [from],
    operation: (name) => operationOn(services, name, (one) => one.clone, to),
  });
  if (done.length > 0) showDone(l10n.t('{0} cloned as {1}', shown, plainText(to, 80)));
};

export const rename: Handler = async (services, args) => {
  const from = await pickName(services, args, { fits: 'renamable', ability: 'rename' }, l10n.t('Rename'));
  const shown = shownName(from, 80);
  const to = await askImageName(services, l10n.t('Rename {0}', shown), from, nameOf(from));
  const boot = { starts: false };
  const done = await operate(services, {
    title: l10n.t('Renaming {0}', shown),
    what: l10n.t('renaming…'),
    names: [from],
    operation: async (name) => {
      boot.starts = await startsAtBoot(services, name);
      return operationOn(services, name, (one) => one.rename, to);
    },
  });
  if (done.length === 0) return;
  if (boot.starts) await carryBootState(services, from, to);
  else showDone(l10n.t('{0} is now named {1}', shown, plainText(to, 80)));
};

/** Asks once for both, and ends what runs from the images. Returns those that nothing runs from any more. */
const terminateToRemove = async (
  services: CommandServices,
  names: readonly string[],
  loss: string,
): Promise<readonly string[]> => {
  const machineOf = new Map(names.map((name) => [name, machineOfImage(services.inventory, name) ?? name]));
  const machines = [...new Set(machineOf.values())];
  await confirm(
    names.length === 1
      ? l10n.t('{0} is running. Terminate it and remove it for good?', imagesSubject(names))
      : l10n.t('{0} are running. Terminate them and remove them for good?', imagesSubject(names)),
    loss,
    l10n.t('Terminate and Remove'),
  );
  const ended = await operate(services, {
    title: l10n.t('Terminating {0}', machinesSubject(machines)),
    what: l10n.t('terminating…'),
    names: machines,
    operation: (name) => operationOn(services, name, (one) => one.terminate),
  });
  return names.filter((name) => ended.includes(machineOf.get(name) ?? name));
};

/** Looked for now, because no row follows what snapshots there are. */
const snapshotsLost = async (services: CommandServices, names: readonly string[]): Promise<SnapshotsLost> => {
  const lists = names.map(async (name) => {
    const list = backendOf(services.backends, name)?.snapshots?.list;
    return list === undefined ? [] : [[name, (await list(readRef(name)))?.map((one) => one.name)] as const];
  });
  return new Map((await Promise.all(lists)).flat());
};

export const remove: Handler = async (services, args) => {
  const chosen = await pickNames(services, args, { fits: 'managedImage', ability: 'remove' }, l10n.t('Remove'));
  const { images } = services.inventory;
  const isRunning = (name: string): boolean => machineOfImage(services.inventory, name) !== undefined;
  const stopped = chosen.filter((name) => !isRunning(name));
  const running = chosen.filter(isRunning);
  const snapshots = await snapshotsLost(services, chosen);
  const lossOf = (names: readonly string[], kept: readonly string[]): string =>
    describeLoss(
      names.flatMap((name) => images.get(name) ?? []),
      kept,
      snapshots,
      l10n,
      (id) => tellApart(services, id),
    );
  // Only where there is nothing else to remove: among others one that runs is more likely a slip.
  const names = stopped.length > 0 ? stopped : await terminateToRemove(services, running, lossOf(running, []));
  if (stopped.length > 0)
    await confirm(l10n.t('Remove {0} for good?', imagesSubject(names)), lossOf(names, running), l10n.t('Remove'));
  if (names.length === 0) return;
  if (targetsOf(args) !== undefined) services.view.make({ kind: 'rowsLeave', names });
  const started = new Set<string>();
  const done = await operate(services, {
    title: l10n.t('Removing {0}', imagesSubject(names)),
    what: l10n.t('removing…'),
    names,
    operation: async (name) => {
      if (await startsAtBoot(services, name)) started.add(name);
      return operationOn(services, name, (one) => one.remove);
    },
  });
  const forgotten = done.filter((name) => started.has(name));
  const disabled = forgotten.length === 0 ? [] : await disableAtBoot(services, forgotten);
  if (disabled.length > 0) showDone(l10n.t('{0} removed, and not started at boot any more', imagesSubject(done)));
  else if (done.length > 0) showDone(l10n.t('{0} removed', imagesSubject(done)));
};

export const setReadOnly: Handler = async (services, args) => {
  const names = await pickNames(
    services,
    args,
    { fits: 'writableImage', ability: 'setreadonly' },
    l10n.t('Make Read-Only'),
  );
  await operate(services, {
    title: l10n.t('Making {0} read-only', imagesSubject(names)),
    what: l10n.t('changing…'),
    names,
    operation: (name) => operationOn(services, name, (one) => one.setReadOnly, true),
  });
};

export const clearReadOnly: Handler = async (services, args) => {
  const names = await pickNames(
    services,
    args,
    { fits: 'readOnlyImage', ability: 'setreadonly' },
    l10n.t('Make Writable'),
  );
  await operate(services, {
    title: l10n.t('Making {0} writable', imagesSubject(names)),
    what: l10n.t('changing…'),
    names,
    operation: (name) => operationOn(services, name, (one) => one.setReadOnly, false),
  });
};
