import * as vscode from 'vscode';
import { MachineError } from '../../machines/errors.ts';
import {
  cloneImage,
  removeImage,
  renameImage,
  setImageReadOnly,
} from '../../machines/machinectl/operate/imageOperations.ts';
import { plainText } from '../plainText.ts';
import { askImageName } from './askImageName.ts';
import { confirm } from './confirm.ts';
import type { Handler } from './handler.ts';
import { describeLoss } from './describeLoss.ts';
import { operate } from './operate.ts';
import { pickName, pickNames } from './pickNames.ts';
import { showDone } from './showDone.ts';
import { imagesSubject } from './subject.ts';
import { machineMeant } from './targets.ts';

const { l10n } = vscode;

export const clone: Handler = async (services, args) => {
  const from = await pickName(services, args, 'managedImage', l10n.t('Clone'));
  const shown = plainText(from, 80);
  const to = await askImageName(services, l10n.t('Clone {0}', shown), `${from}-copy`);
  const done = await operate(services, {
    title: l10n.t('Cloning {0}', shown),
    what: l10n.t('cloning…'),
    names: [from],
    operation: (name) => cloneImage(services, name, to, false),
  });
  if (done.length > 0) showDone(l10n.t('{0} cloned as {1}', shown, plainText(to, 80)));
};

export const rename: Handler = async (services, args) => {
  const from = await pickName(services, args, 'renamable', l10n.t('Rename'));
  const shown = plainText(from, 80);
  const to = await askImageName(services, l10n.t('Rename {0}', shown), from);
  const done = await operate(services, {
    title: l10n.t('Renaming {0}', shown),
    what: l10n.t('renaming…'),
    names: [from],
    operation: (name) => renameImage(services, name, to),
  });
  if (done.length > 0) showDone(l10n.t('{0} is now named {1}', shown, plainText(to, 80)));
};

export const remove: Handler = async (services, args) => {
  const chosen = await pickNames(services, args, 'managedImage', l10n.t('Remove'));
  const { images } = services.inventory;
  const isRunning = (name: string): boolean => machineMeant(services.inventory, name) !== undefined;
  const names = chosen.filter((name) => !isRunning(name));
  const [first = ''] = chosen;
  if (names.length === 0)
    throw new MachineError({ kind: 'machineRunning', name: machineMeant(services.inventory, first) ?? first });
  await confirm(
    l10n.t('Remove {0} for good?', imagesSubject(names)),
    describeLoss(
      names.flatMap((name) => images.get(name) ?? []),
      chosen.filter(isRunning),
      l10n,
    ),
    l10n.t('Remove'),
  );
  const done = await operate(services, {
    title: l10n.t('Removing {0}', imagesSubject(names)),
    what: l10n.t('removing…'),
    names,
    operation: (name) => removeImage(services, name),
  });
  if (done.length > 0) showDone(l10n.t('{0} removed', imagesSubject(done)));
};

export const setReadOnly: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'writableImage', l10n.t('Make Read-Only'));
  await operate(services, {
    title: l10n.t('Making {0} read-only', imagesSubject(names)),
    what: l10n.t('changing…'),
    names,
    operation: (name) => setImageReadOnly(services, name, true),
  });
};

export const clearReadOnly: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'readOnlyImage', l10n.t('Make Writable'));
  await operate(services, {
    title: l10n.t('Making {0} writable', imagesSubject(names)),
    what: l10n.t('changing…'),
    names,
    operation: (name) => setImageReadOnly(services, name, false),
  });
};
