import * as vscode from 'vscode';
import { nameOf } from '../../machines/reference.ts';
import { showDone, showInformation } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { cancelled } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { pickNames } from './pickNames.ts';
import { detailOf } from './targets.ts';

const { l10n } = vscode;

const copy = async (texts: readonly string[], nothing: string): Promise<void> => {
  const [first] = texts;
  if (first === undefined) {
    void showInformation(nothing);
    throw cancelled();
  }
  await vscode.env.clipboard.writeText(texts.join('\n'));
  showDone(
    texts.length === 1 ? l10n.t('Copied: {0}', plainText(first, 60)) : l10n.t('Copied: {0} lines', texts.length),
  );
};

export const copyName: Handler = async (services, args) => {
  const ids = await pickNames(services, args, { fits: 'machineOrImage' }, l10n.t('Copy Name'));
  await copy(ids.map(nameOf), '');
};

/** The address that was clicked, else the first of each machine. */
const addressOf = async (services: CommandServices, name: string, index: number): Promise<readonly string[]> => {
  const { addresses } = await services.inventory.details(name);
  const address = addresses[index] ?? addresses[0];
  return address === undefined ? [] : [address];
};

export const copyAddress: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'runningMachine' }, l10n.t('Copy Address'));
  const detail = detailOf(args);
  const index = detail?.detail === 'address' ? detail.index : 0;
  const addresses = await Promise.all(names.map((name) => addressOf(services, name, index)));
  await copy(addresses.flat(), l10n.t('No address is known of it.'));
};

export const copyLeader: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'runningMachine' }, l10n.t('Copy Leader PID'));
  const leaders = names.flatMap((name) => services.inventory.machines.get(name)?.leader ?? []);
  await copy(leaders.map(String), l10n.t('No leader is known of it.'));
};
