import * as l10n from '@vscode/l10n';
import type { Context } from '../../context.ts';
import type { ConfigDocument, Entry } from '../../document.ts';
import type { Hint } from '../../fileType.ts';
import { parseBoolean } from '../values/boolean.ts';
import { isNetworkConfigured, ownershipEntry, startUp } from '../crossRules/startUp.ts';
import type { FileSettings } from '../fileSettings.ts';

const by = 'machinectl start';

/** What the lines of a file, or the unit that machinectl starts, set besides. */
export const impliedHints = (
  document: ConfigDocument,
  settings: FileSettings,
  { systemdVersion }: Context,
): readonly Hint[] => {
  const hints: Hint[] = [];
  const say = (at: number, label: string, tooltip: string): number => hints.push({ at, label, tooltip });
  const isYes = (entry: Entry | undefined): boolean => entry !== undefined && parseBoolean(entry.value) === true;
  const start = startUp(settings, undefined, systemdVersion, 'direct');

  const users = settings.last('PrivateUsers');
  const owner = ownershipEntry(settings);
  if (users !== undefined && owner === undefined && start.ownership !== 'off')
    say(
      users.valueEnd,
      systemdVersion < 249 ? '+ PrivateUsersChown=yes' : `+ PrivateUsersOwnership=${start.ownership}`,
      l10n.t('Who owns the files, as nothing in this file says it.'),
    );

  const link = settings.last('Bridge') ?? settings.last('Zone');
  if (link !== undefined && !isYes(settings.last('VirtualEthernet')))
    say(link.valueEnd, '+ VirtualEthernet=yes', l10n.t`${link.key}= needs a virtual Ethernet link, so it makes one.`);

  const readOnlyBy = start.volatile ? settings.last('Volatile') : start.rootMounts[0];
  if (readOnlyBy !== undefined && !isYes(settings.last('ReadOnly')))
    say(readOnlyBy.valueEnd, '+ ReadOnly=yes', l10n.t`${readOnlyBy.key}= makes the root directory read-only.`);

  const header = (name: string): number | undefined =>
    document.sections.find((section) => section.name === name)?.headerEnd;
  const exec = header('Exec');
  if (exec !== undefined && users === undefined && owner === undefined)
    say(
      exec,
      `${by}: PrivateUsers=pick`,
      systemdVersion < 249
        ? l10n.t(
            'The unit systemd-nspawn@.service passes -U, and nothing in this file says otherwise: users of the machine get a range of their own, and the files are given to it.',
          )
        : l10n.t(
            'The unit systemd-nspawn@.service passes -U, and nothing in this file says otherwise: users of the machine get a range of their own, and the files are mapped to it where the file system can.',
          ),
    );
  const network = header('Network');
  if (network !== undefined && !isNetworkConfigured(settings))
    say(
      network,
      `${by}: VirtualEthernet=yes`,
      l10n.t(
        'The unit systemd-nspawn@.service passes --network-veth, and no network setting in this file replaces it.',
      ),
    );
  return hints;
};
