import * as vscode from 'vscode';
import { type Operations, operationOn } from '../../machines/backend.ts';
import { hostDevices } from '../../machines/host/hostDevices.ts';
import { showDone } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { reachForTerminal } from '../privileges.ts';
import { pickOne } from '../questions.ts';
import { shownApart } from '../tree/kinds.ts';
import { answered, confirm } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { operate, type Work } from './operate.ts';
import { pickName } from './pickNames.ts';
import { runAsRoot } from './runAsRoot.ts';

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

/** Does it, and says whether it was seen inside; undefined where it was not done. */
const change = async (
  services: CommandServices,
  name: string,
  words: Pick<Work, 'title' | 'what'>,
  how: (operations: Operations) => Operations['addDevice'],
  device: string,
): Promise<'seen' | 'unseen' | undefined> => {
  const state: { outcome: 'seen' | 'unseen' } = { outcome: 'seen' };
  const done = await operate(services, {
    ...words,
    names: [name],
    operation: (one, _tell, signal) =>
      operationOn(services, one, how, device, {
        asRoot: async (command) => {
          const reach = await reachForTerminal(services, words.title, []);
          return runAsRoot(services, { title: words.title, reach, signal }, command);
        },
        unseen: () => {
          state.outcome = 'unseen';
        },
      }),
  });
  return done.length > 0 ? state.outcome : undefined;
};

export const addDevice: Handler = async (services, args) => {
  const name = await pickName(services, args, wanted, l10n.t('Add Device'));
  const shown = shownApart(services, name, 80);
  const device = await pickDevice(
    l10n.t('Add a device to {0}', shown),
    l10n.t('A device of this host, which is there inside under the same path until it stops'),
  );
  const path = plainText(device, 60);
  const words = { title: l10n.t('Adding {0} to {1}', path, shown), what: l10n.t('adding a device…') };
  const outcome = await change(services, name, words, (operations) => operations.addDevice, device);
  if (outcome === 'seen') showDone(l10n.t('{0} is there in {1} until it stops', path, shown));
  if (outcome === 'unseen')
    showDone(l10n.t('{0} was added to {1}; this user could not look inside whether it is there', path, shown));
};

export const removeDevice: Handler = async (services, args) => {
  const name = await pickName(services, args, wanted, l10n.t('Remove Device'));
  const shown = shownApart(services, name, 80);
  const device = await pickDevice(
    l10n.t('Remove a device from {0}', shown),
    l10n.t('A device of this host, which is taken away inside and may be used there no longer'),
  );
  const path = plainText(device, 60);
  await confirm(
    l10n.t('Remove {0} from {1}?', path, shown),
    l10n.t('What runs inside can open it no longer, until it is added again or all is started anew.'),
    l10n.t('Remove'),
  );
  const words = { title: l10n.t('Removing {0} from {1}', path, shown), what: l10n.t('removing a device…') };
  const outcome = await change(services, name, words, (operations) => operations.removeDevice, device);
  if (outcome === 'seen') showDone(l10n.t('{0} is gone in {1}', path, shown));
  if (outcome === 'unseen')
    showDone(l10n.t('{0} was removed from {1}; this user could not look inside whether it is gone', path, shown));
};
