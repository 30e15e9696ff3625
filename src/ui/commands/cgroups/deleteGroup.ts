import * as vscode from 'vscode';
import { askBeforeLoss, showDone } from '../../notifications.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { lookAtGroup, type SeenGroup } from '../../../machines/cgroups/operate/seen.ts';
import { deleteGroup, stopUnitOfGroup } from '../../../machines/cgroups/operate/deleteGroup.ts';
import { contentsOf, groupExists } from '../../../machines/cgroups/operate/groupFiles.ts';
import { type OwnerOf, readOwners, type Unit } from '../../../machines/cgroups/groupOwner.ts';
import { killGroup } from '../../../machines/cgroups/operate/killGroup.ts';
import { sameGroups } from '../../../machines/cgroups/operate/runInGroup.ts';
import { cancelled, confirm } from '../answers.ts';
import type { CommandServices, Handler } from '../handler.ts';
import { mindSystemd, shownUnit } from './aboutSystemd.ts';
import { type Changes, changeGroups, changes } from './changeGroups.ts';
import { holdsOurselves, processList, shownGroup, shownGroups } from './groupNames.ts';
import { requireHierarchies, pickGroups, pickHierarchies } from './pickGroup.ts';

const { l10n } = vscode;

/** The group of a unit is there as long as the unit runs, so systemd stops that instead. */
const askAndStop = async (services: CommandServices, group: ControlGroup, unit: Unit): Promise<void> => {
  const { pids } = await contentsOf(group);
  await confirm(
    l10n.t('Stop {0}?', shownUnit(unit)),
    l10n.t(
      '{0} is the group of this unit, and goes when systemd stops it. Processes in there: {1}\n{2}',
      shownGroup(group),
      pids.length,
      await processList(pids),
    ),
    l10n.t('Stop Unit'),
  );
  const title = l10n.t('Stopping {0}', shownUnit(unit));
  await changeGroups(
    services,
    title,
    changes(() => stopUnitOfGroup(unit, group)),
  );
};

type Answer = 'move' | 'kill';

/** Asks once, for all of them; processes are never ended without being named. */
const ask = async (groups: readonly ControlGroup[]): Promise<Answer> => {
  const contents = await Promise.all(groups.map(contentsOf));
  // A process is in a group of each hierarchy.
  const pids = [...new Set(contents.flatMap((one) => one.pids))];
  const below = contents.reduce((sum, one) => sum + one.groups.length - 1, 0);
  const question = l10n.t('Delete {0}?', shownGroups(groups));
  const what = below === 0 ? '' : l10n.t('Groups below that go too, with all of their settings: {0}', below);
  const remove = l10n.t('Delete');
  if (pids.length === 0) {
    const detail = [
      groups.some(({ path }) => path !== groups[0]?.path) ? groups.map(shownGroup).join('\n') : '',
      what,
      l10n.t('Its settings are lost.'),
    ];
    await confirm(question, detail.filter((text) => text !== '').join('\n'), remove);
    return 'move';
  }
  const move = l10n.t('Move Processes up and Delete');
  const kill = l10n.t('Kill Processes and Delete');
  const ourselves = holdsOurselves(pids);
  const detail = [
    l10n.t('Processes in there: {0}\n{1}', pids.length, await processList(pids)),
    what,
    ourselves
      ? l10n.t('This VS Code is one of them.')
      : l10n.t('Moved to the group above they go on without these limits; killed, what they have not saved is lost.'),
  ];
  const buttons = ourselves ? [move] : [move, kill];
  const text = detail.filter((line) => line !== '').join('\n');
  const answer = await askBeforeLoss(question, text, ...buttons);
  if (answer === move) return 'move';
  if (answer === kill) return 'kill';
  throw cancelled();
};

const plan = (groups: readonly SeenGroup[], answer: Answer, ownerOf: OwnerOf): Changes =>
  async function* () {
    for (const group of groups) {
      // One that lay below another is gone already.
      if (!(await groupExists(group))) continue;
      if (answer === 'kill') yield await killGroup(group, ownerOf);
      yield await deleteGroup(group);
    }
  };

/** What was made in several hierarchies of v1 as one goes as one, unless only some of it is meant. */
const askHierarchies = async (group: ControlGroup): Promise<readonly ControlGroup[]> => {
  const groups = await sameGroups(group, requireHierarchies());
  return pickHierarchies(groups, groups.length, {
    title: l10n.t('Deleting {0}', shownGroup(group)),
    placeHolder: l10n.t('It is in several hierarchies. From which is it to go?'),
  });
};

/** Removes groups and all below them. */
export const deleteGroups: Handler = async (services, args) => {
  const picked = await pickGroups(services, args, l10n.t('Delete Group'), ({ path }) => path !== '/');
  const ownerOf = await readOwners();
  const groups: SeenGroup[] = [];
  for (const group of picked.filter(({ path }) => path !== '/')) {
    const owner = ownerOf(group);
    if (owner.kind === 'unit') {
      await askAndStop(services, group, owner.unit);
      continue;
    }
    if (owner.kind === 'inside')
      await mindSystemd(services, group, l10n.t('systemctl stop ends the unit with all of its groups.'));
    for (const one of picked.length === 1 ? await askHierarchies(group) : [group]) groups.push(await lookAtGroup(one));
  }
  if (groups.length === 0) return;
  const answer = await ask(groups);
  const title = l10n.t('Deleting {0}', shownGroups(groups));
  if (await changeGroups(services, title, plan(groups, answer, ownerOf)))
    showDone(l10n.t('{0} deleted', shownGroups(groups)));
};
