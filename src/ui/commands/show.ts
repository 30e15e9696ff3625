import * as vscode from 'vscode';
import type { Command } from '../../machines/command.ts';
import {
  imageProperties,
  imageStatus,
  machineProperties,
  machineStatus,
} from '../../machines/nspawn/commands/showCommands.ts';
import { unitFiles } from '../../machines/host/unitCommands.ts';
import { plainText } from '../plainText.ts';
import type { Handler } from './handler.ts';
import { pickName, pickNames } from './pickNames.ts';
import { machineClicked } from './targets.ts';
import { viewCommands } from '../tree/viewCommands.ts';
import { unitOfRow } from '../tree/failedUnit.ts';

const { l10n } = vscode;

const asPrinted = (command: Command<unknown>): Command<string> => ({ ...command, parse: ({ stdout }) => stdout });

export const showStatus: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'machineOrImage', l10n.t('Show Status'));
  for (const name of names) {
    const machine = machineClicked(services.inventory, args, name);
    const command = machine === undefined ? imageStatus(name) : machineStatus(machine);
    await services.documents.show(l10n.t('{0}: status', plainText(name, 80)), command);
  }
};

export const showProperties: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'machineOrImage', l10n.t('Show Properties'));
  for (const name of names) {
    const machine = machineClicked(services.inventory, args, name);
    const command = machine === undefined ? imageProperties(name) : machineProperties(machine);
    await services.documents.show(l10n.t('{0}: properties', plainText(name, 80)), asPrinted(command));
  }
};

export const openUnit: Handler = async (services, args) => {
  const name = await pickName(services, args, 'machineOrImage', l10n.t('Open Unit'));
  const machine = machineClicked(services.inventory, args, name);
  const unit = unitOfRow(services.inventory, name, machine);
  await services.documents.show(plainText(unit, 120), unitFiles(unit), 'ini');
};

/** Beside a document that a tool has printed: that document; anywhere else: the view. */
export const refresh: Handler = async (services, args) => {
  if (services.documents.refresh(args[0])) return;
  await viewCommands['nspawn.refresh'](services, args);
};
