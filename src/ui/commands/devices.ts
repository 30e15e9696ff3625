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

interface Change extends Pick<Work, 'title' | 'what'> {
  readonly how: (operations: Operations) => Operations['addDevice'];
  /** What is said when it was seen inside, and where this user may not look. */
  readonly seen: string;
  readonly unseen: string;
}

const change = async (services: CommandServices, name: string, device: string, words: Change): Promise<void> => {
  const { title, what, how } = words;
  const state = { said: words.seen };
  const done = await operate(services, {
    title,
    what,
    names: [name],
    operation: (one, _tell, signal) =>
      operationOn(services, one, how, device, {
        asRoot: async (command) => {
          const reach = await reachForTerminal(services, title, []);
          return runAsRoot(services, { title, reach, signal }, command);
        },
        unseen: () => {
          state.said = words.unseen;
        },
      }),
  });
  if (done.length > 0) showDone(state.said);
};

export const addDevice: Handler = async (services, args) => {
  const name = await pickName(services, args, wanted, l10n.t('Add Device'));
  const shown = shownApart(services, name, 80);
  const device = await pickDevice(
    l10n.t('Add a device to {0}', shown),
    l10n.t('A device of this host, which is there inside under the same path until it stops'),
  );
  const path = plainText(device, 60);
  await change(services, name, device, {
    title: l10n.t('Adding {0} to {1}', path, shown),
    what: l10n.t('adding a device…'),
    how: ({ addDevice: add }) => add,
    seen: l10n.t('{0} is there in {1} until it stops', path, shown),
    unseen: l10n.t('{0} was added to {1}; this user could not look inside whether it is there', path, shown),
  });
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
  await change(services, name, device, {
    title: l10n.t('Removing {0} from {1}', path, shown),
    what: l10n.t('removing a device…'),
    how: ({ removeDevice: remove }) => remove,
    seen: l10n.t('{0} is gone in {1}', path, shown),
    unseen: l10n.t('{0} was removed from {1}; this user could not look inside whether it is gone', path, shown),
  });
};
