import * as vscode from 'vscode';
import { operationOn } from '../../machines/backend.ts';
import { nameOf, renamedId } from '../../machines/reference.ts';
import { showDone } from '../notifications.ts';
import { plainText, shownName } from '../plainText.ts';
import { askImageName } from './askImageName.ts';
import type { CommandServices } from './handler.ts';
import { operate } from './operate.ts';
import { requireStopped } from './targets.ts';

const { l10n } = vscode;

const freeName = ({ inventory }: CommandServices, from: string): string => {
  const name = `${nameOf(from)}-ephemeral`;
  const isTaken = (one: string): boolean => inventory.images.has(renamedId(from, one));
  let number = 2;
  if (!isTaken(name)) return name;
  while (isTaken(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
};

/** Starts a copy of an image in the background, which is gone when it stops. @throws MachineError cancelled, machineRunning */
export const startCopy = async (services: CommandServices, from: string): Promise<void> => {
  const shown = shownName(from, 80);
  requireStopped(services.inventory, from);
  const title = l10n.t('Run a copy of {0} that is thrown away at the end', shown);
  const to = await askImageName(services, title, from, freeName(services, from));
  const done = await operate(services, {
    title: l10n.t('Starting a copy of {0}', shown),
    what: l10n.t('copying…'),
    names: [from],
    operation: (name) => operationOn(services, name, (one) => one.startCopy, to),
  });
  if (done.length > 0)
    showDone(l10n.t('{0} runs; it is gone, with all that is written in it, when it stops', plainText(to, 80)));
};
