import { join } from 'node:path';
import type { LeftOver, LeftOvers, Removal } from '../../machines/leftOver.ts';
import * as vscode from 'vscode';
import { offeredByAny } from '../../machines/backend.ts';
import { showDone, showInformation, showWarning } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { reachForTerminal } from '../privileges.ts';
import { pickSeveral } from '../questions.ts';
import { readSettings } from '../settings.ts';
import { byteSize } from '../tree/amountText.ts';
import { answered, cancelled, confirm } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { nameList } from './describeLoss.ts';
import { cancellable, runAsRoot } from './runAsRoot.ts';

const { l10n } = vscode;

const kindText = (kind: LeftOver['kind']): string => {
  switch (kind) {
    case 'directory':
      return l10n.t('directory');
    case 'subvolume':
      return l10n.t('subvolume');
    case 'file':
      return l10n.t('disk image');
  }
};

type ImageOf = LeftOvers['imageOf'];

const copyOf = (imageOf: ImageOf, { name }: LeftOver): string => {
  const image = imageOf(name) ?? '';
  return image === '' ? l10n.t('copy of this system') : l10n.t('copy of {0}', plainText(image, 60));
};

const describe = (one: LeftOver): string =>
  [
    kindText(one.kind),
    ...(one.bytes === undefined ? [] : [byteSize(one.bytes)]),
    ...(one.made === undefined ? [] : [new Date(one.made).toLocaleString(vscode.env.language)]),
  ].join(', ');

const pathOf = ({ directory, name }: LeftOver): string => join(directory, name);

/** Each in a line: what it is a copy of, and where it lies. */
const listOf = (imageOf: ImageOf, leftOvers: readonly LeftOver[]): string => {
  return nameList(
    leftOvers.map((one) => `${copyOf(imageOf, one)}: ${pathOf(one)}`),
    (place) =>
      leftOvers
        .slice(place, place + 1)
        .map(describe)
        .join(''),
  );
};

const usedText = ({ inventory }: CommandServices, imageOf: ImageOf, used: readonly LeftOver[]): string => {
  const machines = [...inventory.machines.values()];
  const machineOn = (one: LeftOver): string | undefined =>
    machines.find(({ rootDirectory }) => rootDirectory === pathOf(one))?.name;
  const lines = used.map((one) => {
    const machine = machineOn(one);
    const copy = copyOf(imageOf, one);
    return machine === undefined ? copy : l10n.t('{0}: machine {1}', copy, plainText(machine, 80));
  });
  return l10n.t('In use, and therefore left alone:\n{0}', nameList(lines));
};

const sayNothingFree = (services: CommandServices, imageOf: ImageOf, used: readonly LeftOver[]): void => {
  const [first] = used;
  if (first === undefined) {
    void showInformation(
      l10n.t('There are no left-overs: every copy that systemd-nspawn has made was removed with its machine.'),
    );
    return;
  }
  const why = l10n.t(
    'There is nothing to remove. A copy goes with its machine when that ends; terminate the machine if it has no terminal any more.',
  );
  void showInformation(`${why} ${usedText(services, imageOf, used).replaceAll('\n', ' ')}`);
};

const whyNot = ({ outcome, reason }: Removal): string => {
  switch (outcome) {
    case 'used':
      return l10n.t('it is in use by now');
    case 'another':
      return l10n.t('its directory is another one by now');
    case 'failed':
      return plainText(reason, 200);
    case 'gone':
    case 'removed':
      return '';
  }
};

const sayWhatCame = (services: CommandServices, chosen: readonly LeftOver[], removals: readonly Removal[]): void => {
  const stayed = chosen.flatMap((one, index) => {
    const came = removals[index] ?? { outcome: 'failed', reason: '' };
    return came.outcome === 'removed' || came.outcome === 'gone' ? [] : [{ path: pathOf(one), why: whyNot(came) }];
  });
  const done = chosen.length - stayed.length;
  if (done === 1) showDone(l10n.t('1 left-over removed'));
  else if (done > 1) showDone(l10n.t('{0} left-overs removed', done));
  const [first] = stayed;
  if (first === undefined) return;
  for (const { path, why } of stayed) services.log.error(`${path} was not removed: ${why}`);
  const path = plainText(first.path, 120);
  void showWarning(
    stayed.length === 1
      ? l10n.t('{0} was not removed: {1}', path, first.why)
      : l10n.t('{0} left-overs were not removed. The first is {1}: {2}', stayed.length, path, first.why),
  );
};

/** Lists the copies that a killed systemd-nspawn has left, and removes those that are chosen. */
export const removeLeftOvers: Handler = async (services) => {
  const kind = await offeredByAny(services.backends, ({ leftOvers }) => leftOvers)();
  const { imageOf } = kind;
  // The view may be hidden, and then nothing is kept current.
  await services.inventory.refresh();
  const title = l10n.t('Remove Left-Overs');
  const reach = await reachForTerminal(services, title, []);
  const directories = kind.directories(services.inventory, readSettings().imageDirectories);
  const found = await cancellable(l10n.t('Looking for left-overs'), (signal) =>
    runAsRoot(services, { title, reach, signal }, kind.list(directories)),
  );
  const used = found.filter(({ state }) => state === 'used');
  const items = found
    .filter(({ state }) => state === 'free')
    .map((leftOver) => ({
      leftOver,
      label: copyOf(imageOf, leftOver),
      description: describe(leftOver),
      detail: pathOf(leftOver),
      picked: true,
    }));
  if (items.length === 0) {
    sayNothingFree(services, imageOf, used);
    return;
  }
  const placeHolder = l10n.t('Copies that a killed systemd-nspawn has left; choose which to remove');
  const chosen = answered(await pickSeveral(items, { title, placeHolder })).map(({ leftOver }) => leftOver);
  if (chosen.length === 0) throw cancelled();
  const loss =
    chosen.length === 1
      ? l10n.t(
          'What was changed in it since it was made is lost; there is no way back. The image that it is a copy of stays as it is:\n{0}',
          listOf(imageOf, chosen),
        )
      : l10n.t(
          'What was changed in them since they were made is lost; there is no way back. The images that they are copies of stay as they are:\n{0}',
          listOf(imageOf, chosen),
        );
  await confirm(
    chosen.length === 1
      ? l10n.t('Remove 1 left-over for good?')
      : l10n.t('Remove {0} left-overs for good?', chosen.length),
    [loss, ...(used.length === 0 ? [] : [usedText(services, imageOf, used)])].join('\n\n'),
    l10n.t('Remove'),
  );
  const removals = await cancellable(l10n.t('Removing left-overs'), (signal) =>
    runAsRoot(services, { title, reach, signal }, kind.remove(chosen)),
  );
  sayWhatCame(services, chosen, removals);
  await services.inventory.refresh();
};
