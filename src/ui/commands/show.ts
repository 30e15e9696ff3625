import * as vscode from 'vscode';
import { notOffered, offered } from '../../machines/backend.ts';
import { unitFiles } from '../../machines/host/unitCommands.ts';
import { plainText, shownName } from '../plainText.ts';
import type { Handler } from './handler.ts';
import { pickName, pickNames } from './pickNames.ts';
import { machineClicked } from './targets.ts';
import { viewCommands } from '../tree/viewCommands.ts';
import { unitOfRow } from '../tree/failedUnit.ts';

const { l10n } = vscode;

export const showStatus: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'machineOrImage', ability: 'status' }, l10n.t('Show Status'));
  for (const name of names) {
    const machine = machineClicked(services.inventory, args, name);
    const { ref, offer: status } = offered(services.backends, machine ?? name, ({ documents }) => documents.status);
    const command = await status(ref, machine === undefined ? 'image' : 'machine');
    await services.documents.show(l10n.t('{0}: status', shownName(name, 80)), command);
  }
};

export const showProperties: Handler = async (services, args) => {
  const names = await pickNames(
    services,
    args,
    { fits: 'machineOrImage', ability: 'properties' },
    l10n.t('Show Properties'),
  );
  for (const name of names) {
    const machine = machineClicked(services.inventory, args, name);
    const { ref, offer: list } = offered(services.backends, machine ?? name, ({ documents }) => documents.properties);
    const command = await list(ref, machine === undefined ? 'image' : 'machine');
    await services.documents.show(l10n.t('{0}: properties', shownName(name, 80)), command);
  }
};

export const openUnit: Handler = async (services, args) => {
  const name = await pickName(services, args, { fits: 'withUnit', ability: 'unit' }, l10n.t('Open Unit'));
  const machine = machineClicked(services.inventory, args, name);
  const unit = unitOfRow(services, name, machine);
  if (unit === undefined) throw notOffered(services.backends, machine ?? name);
  await services.documents.show(plainText(unit, 120), unitFiles(unit), 'ini');
};

/** Beside a document that a tool has printed: that document; anywhere else: the view. */
export const refresh: Handler = async (services, args) => {
  if (services.documents.refresh(args[0])) return;
  await viewCommands['nspawn.refresh'](services, args);
};
