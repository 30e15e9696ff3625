import * as vscode from 'vscode';
import { offered, operationOn } from '../../machines/backend.ts';
import type { Snapshot } from '../../machines/image.ts';
import { nameOf } from '../../machines/reference.ts';
import { showDone, showInformation } from '../notifications.ts';
import { plainText, shownName } from '../plainText.ts';
import { reachForTerminal } from '../privileges.ts';
import { askLine, pickOne } from '../questions.ts';
import { momentText } from '../tree/amountText.ts';
import { shownApart } from '../tree/kinds.ts';
import { answered, cancelled, confirm } from './answers.ts';
import { askImageName } from './askImageName.ts';
import type { CommandServices, Handler } from './handler.ts';
import { operate } from './operate.ts';
import { pickName } from './pickNames.ts';
import { cancellable, runAsRoot } from './runAsRoot.ts';
import { machineOfImage, requireStopped } from './targets.ts';

const { l10n } = vscode;

export const takeSnapshot: Handler = async (services, args) => {
  const wanted = { fits: 'managedImage', ability: 'snapshot' } as const;
  const name = await pickName(services, args, wanted, l10n.t('Take Snapshot'));
  const shown = shownApart(services, name, 80);
  requireStopped(services.inventory, name);
  const comment = answered(
    await askLine({
      title: l10n.t('Take a snapshot of {0}', shown),
      prompt: l10n.t('A comment, which stands in the list of its snapshots. May be empty.'),
    }),
  );
  const done = await operate(services, {
    title: l10n.t('Taking a snapshot of {0}', shown),
    what: l10n.t('taking a snapshot…'),
    names: [name],
    operation: (one) => operationOn(services, one, ({ takeSnapshot: take }) => take, comment.trim()),
  });
  if (done.length > 0) showDone(l10n.t('Snapshot of {0} taken', shown));
};

const whenTaken = ({ taken }: Snapshot): string =>
  taken === undefined ? l10n.t('nobody knows when') : momentText(taken, vscode.env.language);

/** Name, time and comment on a line. */
const inWords = (snapshot: Snapshot): string =>
  [plainText(snapshot.name, 60), whenTaken(snapshot), snapshot.comment].filter((part) => part !== undefined).join(', ');

/** @throws MachineError cancelled, also where there is none */
const pickSnapshot = async (services: CommandServices, name: string, title: string): Promise<Snapshot> => {
  const { ref, offer: snapshots } = offered(services.backends, name, (backend) => backend.snapshots);
  const listAsRoot = async (): Promise<readonly Snapshot[]> => {
    const reach = await reachForTerminal(services, title, []);
    const command = await snapshots.listByTool(ref);
    return cancellable(title, (signal) => runAsRoot(services, { title, reach, signal }, command));
  };
  const found = (await snapshots.list(ref)) ?? (await listAsRoot());
  if (found.length === 0) {
    void showInformation(l10n.t('{0} has no snapshot. Take Snapshot makes one.', shownName(name, 80)));
    throw cancelled();
  }
  const items = found.map((snapshot) => ({
    snapshot,
    label: plainText(snapshot.name, 60),
    description: whenTaken(snapshot),
    ...(snapshot.comment === undefined ? {} : { detail: plainText(snapshot.comment, 200) }),
  }));
  return answered(await pickOne(items, { title, matchOnDetail: true })).snapshot;
};

/** Beside it under a new name, or undefined for in its place. @throws MachineError cancelled, machineRunning */
const askWhere = async (
  services: CommandServices,
  name: string,
  snapshot: Snapshot,
  title: string,
): Promise<string | undefined> => {
  const shown = shownApart(services, name, 80);
  const runs = machineOfImage(services.inventory, name) !== undefined;
  const items = [
    { beside: true, label: l10n.t('Beside It…'), description: l10n.t('under a new name; {0} stays as it is', shown) },
    {
      beside: false,
      label: l10n.t('Over It…'),
      description: runs
        ? l10n.t('{0} is running, and has to be stopped for this', shown)
        : l10n.t('{0} becomes what it was then', shown),
    },
  ];
  const { beside } = answered(await pickOne(items, { title }));
  if (beside) return askImageName(services, title, name, `${nameOf(name)}-${snapshot.name}`);
  requireStopped(services.inventory, name);
  await confirm(
    l10n.t('Restore {0} over {1}?', plainText(snapshot.name, 60), shown),
    l10n.t(
      'All that was changed in the files and the configuration of {0} since this snapshot is lost; there is no way back. Its snapshots stay.\n• {1}',
      shown,
      inWords(snapshot),
    ),
    l10n.t('Restore'),
  );
  return undefined;
};

export const restoreSnapshot: Handler = async (services, args) => {
  const wanted = { fits: 'managedImage', ability: 'restore' } as const;
  const name = await pickName(services, args, wanted, l10n.t('Restore Snapshot'));
  const shown = shownApart(services, name, 80);
  const snapshot = await pickSnapshot(services, name, l10n.t('Restore a snapshot of {0}', shown));
  const shownSnapshot = plainText(snapshot.name, 60);
  const to = await askWhere(services, name, snapshot, l10n.t('Restore {0} of {1}', shownSnapshot, shown));
  const done = await operate(services, {
    title: l10n.t('Restoring {0} of {1}', shownSnapshot, shown),
    what: l10n.t('restoring…'),
    names: [name],
    operation: (one) => operationOn(services, one, ({ restoreSnapshot: restore }) => restore, snapshot.name, to),
  });
  if (done.length > 0) showDone(l10n.t('{0} of {1} restored as {2}', shownSnapshot, shown, plainText(to ?? shown, 80)));
};

export const deleteSnapshot: Handler = async (services, args) => {
  const wanted = { fits: 'managedImage', ability: 'removesnapshot' } as const;
  const name = await pickName(services, args, wanted, l10n.t('Delete Snapshot'));
  const shown = shownApart(services, name, 80);
  const snapshot = await pickSnapshot(services, name, l10n.t('Delete a snapshot of {0}', shown));
  const shownSnapshot = plainText(snapshot.name, 60);
  await confirm(
    l10n.t('Delete {0} of {1} for good?', shownSnapshot, shown),
    l10n.t(
      'What {0} was at that time is lost; there is no way back. {0} itself and its other snapshots stay as they are.\n• {1}',
      shown,
      inWords(snapshot),
    ),
    l10n.t('Delete'),
  );
  const done = await operate(services, {
    title: l10n.t('Deleting {0} of {1}', shownSnapshot, shown),
    what: l10n.t('deleting a snapshot…'),
    names: [name],
    operation: (one) => operationOn(services, one, ({ removeSnapshot }) => removeSnapshot, snapshot.name),
  });
  if (done.length > 0) showDone(l10n.t('{0} of {1} deleted', shownSnapshot, shown));
};
