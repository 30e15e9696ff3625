import * as vscode from 'vscode';
import type { RunImageOptions } from '../../machines/entry.ts';
import { pickOne } from '../questions.ts';
import { MachineError } from '../../machines/errors.ts';
import { backendOf, offered } from '../../machines/backend.ts';
import { plainText, shownName } from '../plainText.ts';
import { reachForTerminal } from '../privileges.ts';
import { answered } from './answers.ts';
import { consoleRequest } from './consoleRequest.ts';
import { fileDecidesUsers } from './fileDecidesUsers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { startCopy } from './startCopy.ts';
import { startObstacles } from './startObstacles.ts';
import { pickName } from './pickNames.ts';

const { l10n } = vscode;

/** Without machined, systemd-nspawn must not look for it. */
const isRegistered = (services: CommandServices): boolean => {
  switch (services.inventory.availability.kind) {
    case 'ready':
    case 'noPermission':
      return true;
    case 'unsupportedPlatform':
    case 'notBooted':
    case 'notInstalled':
    case 'machinedDown':
    case 'busDown':
      return false;
  }
};

const open = async (
  services: CommandServices,
  name: string,
  note: string,
  how: Pick<RunImageOptions, 'boot' | 'ephemeral'>,
): Promise<void> => {
  const image = services.inventory.images.get(name);
  if (image === undefined) throw new MachineError({ kind: 'noSuchImage', name });
  const { offer: runImage } = offered(services.backends, name, ({ terminals }) => terminals.runImage);
  const reach = await reachForTerminal(services, `${shownName(name, 60)}: ${note}`, []);
  // Booted, the file goes before the options, so there is nothing to ask.
  const decides =
    image.managed &&
    !how.boot &&
    (await fileDecidesUsers(services.backends, image, {
      settingsInForce: async ({ path, ...file }) =>
        (await services.language.running()).settingsInForce(vscode.Uri.file(path), file),
      warn: (message) => services.log.warn(message),
    }));
  const command = runImage(image, { ...how, registered: isRegistered(services), fileDecidesUsers: decides });
  const obstacles = await startObstacles(services, name);
  // Its console may show nothing, and nothing else says how to leave it.
  const end = l10n.t(
    'Closing this terminal ends {0}. So does pressing Ctrl+] three times within a second.',
    shownName(name, 60),
  );
  const opening = [
    ...(obstacles.length === 0 ? [] : [plainText(obstacles.join(' '), 600)]),
    ...(how.boot ? [end] : []),
  ];
  services.terminals.open(
    consoleRequest(command, reach, {
      icon: 'vm',
      note,
      ...(opening.length === 0 ? {} : { opening: opening.join('\n') }),
    }),
  );
};

export const bootInTerminal: Handler = async (services, args) => {
  const name = await pickName(services, args, { fits: 'stoppedImage', ability: 'run' }, l10n.t('Boot in Terminal'));
  await open(services, name, l10n.t('boot'), { boot: true, ephemeral: false });
};

export const chrootShell: Handler = async (services, args) => {
  const name = await pickName(
    services,
    args,
    { fits: 'stoppedImage', ability: 'run' },
    l10n.t('Open Shell Without Booting'),
  );
  await open(services, name, l10n.t('not booted'), { boot: false, ephemeral: false });
};

export const runEphemeral: Handler = async (services, args) => {
  const name = await pickName(services, args, { fits: 'image', ability: 'ephemeral' }, l10n.t('Run Ephemeral Copy'));
  if (backendOf(services.backends, name)?.terminals.runImage === undefined) return startCopy(services, name);
  const items = [
    { boot: true, label: l10n.t('Boot It'), description: l10n.t('its init starts all services') },
    { boot: false, label: l10n.t('Only a Shell'), description: l10n.t('nothing else is started') },
  ];
  const title = l10n.t('Run a copy of {0} that is thrown away at the end', shownName(name, 60));
  const { boot } = answered(await pickOne(items, { title }));
  await open(services, name, l10n.t('ephemeral'), { boot, ephemeral: true });
};
