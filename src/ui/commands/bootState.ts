import * as vscode from 'vscode';
import { canBeNamed, operationOn } from '../../machines/backend.ts';
import { renamedId } from '../../machines/reference.ts';
import { showDone, showWarning } from '../notifications.ts';
import { plainText, shownName } from '../plainText.ts';
import type { CommandServices } from './handler.ts';
import { machinesSubject, operate } from './operate.ts';

const { l10n } = vscode;

const set = (services: CommandServices, names: readonly string[], enabled: boolean): Promise<readonly string[]> =>
  operate(services, {
    title: enabled
      ? l10n.t('Enabling {0} at boot', machinesSubject(names))
      : l10n.t('Disabling {0} at boot', machinesSubject(names)),
    what: enabled ? l10n.t('enabling…') : l10n.t('disabling…'),
    names,
    operation: (name) => operationOn(services, name, ({ enable, disable }) => (enabled ? enable : disable)),
  });

export const enableAtBoot = (services: CommandServices, names: readonly string[]): Promise<readonly string[]> =>
  set(services, names, true);

/** Also for machines whose image is gone: a link that is left behind is a unit that fails at every boot. */
export const disableAtBoot = (services: CommandServices, names: readonly string[]): Promise<readonly string[]> =>
  set(services, names, false);

/**
 * Has an image that was renamed start at boot as it did, under its new name, and says what has become of that.
 * @param to the new name
 */
export const carryBootState = async (services: CommandServices, from: string, to: string): Promise<void> => {
  const [before, now] = [shownName(from, 80), plainText(to, 80)];
  const canStart = canBeNamed(services.backends, renamedId(from, to));
  const starts = canStart && (await enableAtBoot(services, [renamedId(from, to)])).length > 0;
  const forgotten = (await disableAtBoot(services, [from])).length > 0;
  if (starts && forgotten) showDone(l10n.t('{0} is now named {1}, and starts at boot under this name', before, now));
  else if (!canStart)
    void showWarning(
      l10n.t(
        '{0} is now named {1}. It does not start at boot any more, because no machine can have this name. Rename it again and choose Enable at Boot.',
        before,
        now,
      ),
    );
};
