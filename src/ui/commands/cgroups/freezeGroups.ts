import * as vscode from 'vscode';
import { showDone, showWarning } from '../../notifications.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { readOwners } from '../../../machines/cgroups/groupOwner.ts';
import { lookAtGroup, type SeenGroup } from '../../../machines/cgroups/operate/seen.ts';
import { freezeGroup, missingFreezer } from '../../../machines/cgroups/operate/freezeGroup.ts';
import { createGroup } from '../../../machines/cgroups/operate/createGroup.ts';
import { moveProcess } from '../../../machines/cgroups/operate/moveProcess.ts';
import { contentsOf } from '../../../machines/cgroups/operate/groupFiles.ts';
import { cancelled, confirm } from '../answers.ts';
import type { CommandServices, Handler } from '../handler.ts';
import { changeGroups, changes } from './changeGroups.ts';
import { holdsOurselves, processList, shownGroup, shownGroups } from './groupNames.ts';
import { requireHierarchies, pickGroups } from './pickGroup.ts';

const { l10n } = vscode;

const isNested = ({ path }: ControlGroup): boolean => path !== '/';

const pickNested = async (
  services: CommandServices,
  args: readonly unknown[],
  title: string,
): Promise<readonly SeenGroup[]> =>
  Promise.all((await pickGroups(services, args, title, isNested)).filter(isNested).map(lookAtGroup));

/** Whoever freezes this VS Code cannot thaw it by it. */
const refuseOurselves = async (groups: readonly ControlGroup[]): Promise<void> => {
  for (const group of groups) {
    if (!holdsOurselves((await contentsOf(group)).pids)) continue;
    void showWarning(
      l10n.t('{0} is not frozen: this VS Code runs in it, and could not thaw it again.', shownGroup(group)),
    );
    throw cancelled();
  }
};

/**
 * In v1 the freezer is a hierarchy of its own: a group that was made for its memory has no counterpart there. It is offered to make
 * one and to move the processes into it, since an empty one would stop nothing.
 */
const offerFreezer = async (services: CommandServices, group: SeenGroup): Promise<void> => {
  const missing = await missingFreezer(group, requireHierarchies());
  if (missing === undefined) return;
  const { pids } = await contentsOf(group);
  await confirm(
    l10n.t('Create {0} in the hierarchy of the freezer?', shownGroup(missing)),
    l10n.t(
      'Processes are frozen by a group of that hierarchy, and {0} is not there yet. Processes that are moved into it: {1}\n{2}',
      shownGroup(missing),
      pids.length,
      await processList(pids),
    ),
    l10n.t('Create and Freeze'),
  );
  const title = l10n.t('Creating {0}', shownGroup(missing));
  const done = await changeGroups(services, title, async function* () {
    yield await createGroup([missing], []);
    const seen = await lookAtGroup(missing);
    for (const pid of pids) yield await moveProcess({ pid }, seen);
  });
  if (!done) throw cancelled();
};

const change = async (services: CommandServices, groups: readonly SeenGroup[], frozen: boolean): Promise<boolean> => {
  const title = frozen ? l10n.t('Freezing {0}', shownGroups(groups)) : l10n.t('Thawing {0}', shownGroups(groups));
  const hierarchies = requireHierarchies();
  const ownerOf = await readOwners();
  const plans = groups.map((group) => () => freezeGroup(group, frozen, hierarchies, ownerOf));
  return changeGroups(services, title, changes(...plans));
};

/** Stops everything in a group where it stands, until it is thawed. */
export const freeze: Handler = async (services, args) => {
  const groups = await pickNested(services, args, l10n.t('Freeze'));
  if (groups.length === 0) return;
  await refuseOurselves(groups);
  for (const group of groups) await offerFreezer(services, group);
  if (await change(services, groups, true)) showDone(l10n.t('{0} frozen', shownGroups(groups)));
};

export const thaw: Handler = async (services, args) => {
  const groups = await pickNested(services, args, l10n.t('Thaw'));
  if (groups.length === 0) return;
  if (await change(services, groups, false)) showDone(l10n.t('{0} thawed', shownGroups(groups)));
};
