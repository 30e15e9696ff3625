import * as vscode from 'vscode';
import { pickOne } from '../../questions.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { groupFile } from '../../../machines/cgroups/groupDirectory.ts';
import { exists } from '../../../machines/cgroups/operate/groupFiles.ts';
import type { CommandServices } from '../handler.ts';
import { askValue } from './askValue.ts';
import { setValue } from './changeGroupParameter.ts';
import { shownGroup } from './groupNames.ts';

const { l10n } = vscode;

interface LimitItem extends vscode.QuickPickItem {
  readonly group?: ControlGroup;
  readonly parameter?: string;
}

/** What people make groups for, in both versions. */
const limits = (): readonly { readonly label: string; readonly parameters: readonly string[] }[] => [
  { label: l10n.t('Limit Its Memory'), parameters: ['memory.max', 'memory.limit_in_bytes'] },
  { label: l10n.t('Limit Its Number of Processes'), parameters: ['pids.max'] },
  { label: l10n.t('Limit Its CPU Time'), parameters: ['cpu.max', 'cpu.cfs_quota_us'] },
  { label: l10n.t('Set Its Share of the CPU'), parameters: ['cpu.weight', 'cpu.shares'] },
];

/** Offers the usual limits of a group that has just been made; closing the question leaves it without. */
export const offerLimit = async (services: CommandServices, groups: readonly ControlGroup[]): Promise<void> => {
  const items: LimitItem[] = [];
  for (const { label, parameters } of limits())
    for (const parameter of parameters)
      for (const group of groups)
        if (await exists(groupFile(group, parameter))) items.push({ label, description: parameter, group, parameter });
  const [first] = groups;
  if (items.length === 0 || first === undefined) return;
  const none: LimitItem = { label: l10n.t('No Limit'), description: l10n.t('it can be set at any time') };
  const title = l10n.t('{0}: set a limit?', shownGroup(first));
  const picked = await pickOne([...items, none], { title, ignoreFocusOut: true });
  if (picked?.group === undefined || picked.parameter === undefined) return;
  const { group, parameter: name } = picked;
  const value = await askValue(services, { title: shownGroup(group), version: group.hierarchy.version, name });
  await setValue(services, group, name, value);
};
