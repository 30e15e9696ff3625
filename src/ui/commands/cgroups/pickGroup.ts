import * as vscode from 'vscode';
import { pickOne, pickSeveral } from '../../questions.ts';
import { showInformation } from '../../notifications.ts';
import type { ControlGroup, Hierarchy } from '../../../machines/cgroups/controlGroup.ts';
import { readHierarchies } from '../../../machines/cgroups/hierarchies.ts';
import { everyGroup } from '../../../machines/cgroups/observe/listGroups.ts';
import { inSlices } from '../../../machines/host/boundedReads.ts';
import type { FocusedRows } from '../../focusedRows.ts';
import { groupDirectory } from '../../../machines/cgroups/groupDirectory.ts';
import { groupLabel, hierarchyName } from '../../cgroups/cgroupRow.ts';
import { visibleName } from '../../tree/visibleName.ts';
import { shownControllers } from './groupNames.ts';
import { answered, cancelled } from '../answers.ts';
import { groupsOf } from './groupTargets.ts';

interface GroupItem extends vscode.QuickPickItem {
  readonly group: ControlGroup;
}

const itemOf = (group: ControlGroup): GroupItem => ({
  label: group.path === '/' ? hierarchyName(group.hierarchy, vscode.l10n) : groupLabel(group),
  description: `${hierarchyName(group.hierarchy, vscode.l10n)} ${visibleName(group.path, 160)}`,
  group,
});

/** The hierarchies that this host has mounted. @throws MachineError cancelled, after saying so, where there is none */
export const requireHierarchies = (): readonly Hierarchy[] => {
  const hierarchies = readHierarchies();
  if (hierarchies.length > 0) return hierarchies;
  void showInformation(vscode.l10n.t('No control groups are mounted on this host.'));
  throw cancelled();
};

/**
 * The groups that were clicked, else one that is picked from a list of all that `fits`, those on which the keyboard is coming first.
 * @param rows absent where what is asked for is not what the keyboard is on
 * @param likely those that come first in the list
 * @throws MachineError cancelled
 */
export const pickGroups = async (
  rows: { readonly focusedRows: FocusedRows } | undefined,
  args: readonly unknown[],
  title: string,
  fits: (group: ControlGroup) => boolean = () => true,
  likely: (group: ControlGroup) => boolean = () => true,
): Promise<readonly ControlGroup[]> => {
  const hierarchies = requireHierarchies();
  const clicked = groupsOf(args, hierarchies);
  if (clicked !== undefined) return clicked;
  const focused = groupsOf((await rows?.focusedRows.argumentsOf('nspawn.cgroups')) ?? [], hierarchies) ?? [];
  const items: GroupItem[] = focused.filter(fits).map(itemOf);
  const first = new Set(items.map(({ group }) => groupDirectory(group)));
  for (const hierarchy of hierarchies)
    await inSlices(everyGroup({ hierarchy, path: '/' }), (group) => {
      if (fits(group) && !first.has(groupDirectory(group))) items.push(itemOf(group));
    });
  const sorted = [true, false].flatMap((first) => items.filter(({ group }) => likely(group) === first));
  const picked = await pickOne(sorted, { title, matchOnDescription: true });
  return [answered(picked).group];
};

/**
 * In v1 a group stands in each hierarchy that is to control it: asks which of them are meant, the first ones being ticked. Nothing is
 * asked where there is only one.
 * @throws MachineError cancelled
 */
export const pickHierarchies = async (
  groups: readonly ControlGroup[],
  ticked: number,
  { title, placeHolder }: { readonly title: string; readonly placeHolder: string },
): Promise<readonly ControlGroup[]> => {
  if (groups.length < 2) return groups;
  const items = groups.map((group, index): GroupItem => {
    const { hierarchy } = group;
    return { group, label: shownControllers(hierarchy), description: hierarchy.mountPoint, picked: index < ticked };
  });
  const picked = answered(await pickSeveral(items, { title, placeHolder }));
  return answered(picked.length === 0 ? undefined : picked.map(({ group }) => group));
};
