import * as vscode from 'vscode';
import { operationOn } from '../../machines/backend.ts';
import { hostDevices } from '../../machines/host/hostDevices.ts';
import { showDone } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { pickOne } from '../questions.ts';
import { shownApart } from '../tree/kinds.ts';
import { answered } from './answers.ts';
import type { Handler } from './handler.ts';
import { operate } from './operate.ts';
import { pickName } from './pickNames.ts';

const { l10n } = vscode;

const pickDevice = async (title: string, placeHolder: string): Promise<string> => {
  const items = hostDevices().then((all) =>
    all.map(({ path, type }) => ({
      path,
      label: plainText(path, 200),
      description: type === 'block' ? l10n.t('block device') : l10n.t('character device'),
    })),
  );
  return answered(await pickOne(items, { title, placeHolder })).path;
};

const wanted = { fits: 'runningMachine', ability: 'device' } as const;

export const addDevice: Handler = async (services, args) => {
  const name = await pickName(services, args, wanted, l10n.t('Add Device'));
  const shown = shownApart(services, name, 80);
  const device = await pickDevice(
    l10n.t('Add a device to {0}', shown),
    l10n.t('A device of this host, which is there inside under the same path until it stops'),
  );
  const done = await operate(services, {
    title: l10n.t('Adding {0} to {1}', plainText(device, 60), shown),
    what: l10n.t('adding a device…'),
    names: [name],
    operation: (one) => operationOn(services, one, (operations) => operations.addDevice, device),
  });
  if (done.length > 0) showDone(l10n.t('{0} is there in {1} until it stops', plainText(device, 60), shown));
};

export const removeDevice: Handler = async (services, args) => {
  const name = await pickName(services, args, wanted, l10n.t('Remove Device'));
  const shown = shownApart(services, name, 80);
  const device = await pickDevice(
    l10n.t('Remove a device from {0}', shown),
    l10n.t('A device of this host, which is taken away inside and may be used there no longer'),
  );
  const done = await operate(services, {
    title: l10n.t('Removing {0} from {1}', plainText(device, 60), shown),
    what: l10n.t('removing a device…'),
    names: [name],
    operation: (one) => operationOn(services, one, (operations) => operations.removeDevice, device),
  });
  if (done.length > 0) showDone(l10n.t('{0} is gone in {1}', plainText(device, 60), shown));
};
