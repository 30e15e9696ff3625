import * as vscode from 'vscode';
import { setProperties } from '../../../machines/cgroups/parameters/setGroupParameter.ts';
import type { Unit } from '../../../machines/cgroups/groupOwner.ts';
import { plainText } from '../../plainText.ts';
import { askLine, pickOne } from '../../questions.ts';
import { showDone } from '../../notifications.ts';
import { answered } from '../answers.ts';
import type { CommandServices } from '../handler.ts';
import { shownUnit } from './aboutSystemd.ts';
import { changeGroups, changes } from './changeGroups.ts';
import { howLong, lastings } from './changeGroupParameter.ts';

const { l10n } = vscode;

/** Properties that limit or share, those of control groups v1 at the end, each with a value as an example. */
const properties = [
  ['CPUQuota', '20%'],
  ['CPUWeight', '100'],
  ['StartupCPUWeight', '100'],
  ['MemoryMax', '500M'],
  ['MemoryHigh', '400M'],
  ['TasksMax', '100'],
  ['IOWeight', '100'],
  ['StartupIOWeight', '100'],
  ['AllowedCPUs', '0-1'],
  ['CPUShares', '1024'],
  ['StartupCPUShares', '1024'],
  ['MemoryLimit', '500M'],
  ['BlockIOWeight', '500'],
  ['StartupBlockIOWeight', '500'],
] as const;

/**
 * Sets a property of a unit that no file of its group holds here: because systemd alone knows it, as those for the start of the host, or
 * because this host has not the controller or the version of control groups. systemd says itself what it does not take.
 */
export const setUnitProperty = async (services: CommandServices, unit: Unit): Promise<void> => {
  const title = l10n.t('Property of {0}', shownUnit(unit));
  const items = properties.map(([label, example]) => ({ label, description: l10n.t('such as {0}', example) }));
  const { label } = answered(await pickOne(items, { title, placeHolder: l10n.t('What systemd is to set') }));
  const value = answered(
    await askLine({
      title,
      prompt: l10n.t('The value of {0}; an empty one takes it back', label),
      validateInput: (text) =>
        /[\p{Cc}]/u.test(text) ? l10n.t('It holds a character that is not allowed there.') : undefined,
    }),
  ).trim();
  const setting = `${label}=${value}`;
  const { way } = answered(await pickOne(lastings([setting]), { title, placeHolder: howLong(unit) }));
  const working = l10n.t('Setting {0} of {1}', plainText(setting, 60), shownUnit(unit));
  if (
    await changeGroups(
      services,
      working,
      changes(() => setProperties(unit, [setting], way)),
    )
  )
    showDone(l10n.t('systemd has set {0} of {1}', plainText(setting, 60), shownUnit(unit)));
};
