import * as vscode from 'vscode';
import { askLine, pickSeveral } from '../../questions.ts';
import { showDone } from '../../notifications.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { createGroup } from '../../../machines/cgroups/operate/createGroup.ts';
import { controllersOf, groupExists, readGroupFile, words } from '../../../machines/cgroups/operate/groupFiles.ts';
import { checkGroupName, newGroupPath } from '../../../machines/cgroups/operate/groupName.ts';
import { sameGroups } from '../../../machines/cgroups/operate/runInGroup.ts';
import { describeNameProblem } from '../../problemWords.ts';
import { answered } from '../answers.ts';
import type { Handler } from '../handler.ts';
import { mindSystemd } from './aboutSystemd.ts';
import { changeGroups, changes } from './changeGroups.ts';
import { shownGroup, shownGroups } from './groupNames.ts';
import { offerLimit } from './offerLimit.ts';
import { requireHierarchies, pickGroups, pickHierarchies } from './pickGroup.ts';

const { l10n } = vscode;

const askName = async (parent: ControlGroup): Promise<string> => {
  const title = l10n.t('Create a control group below {0}', shownGroup(parent));
  const name = await askLine({
    title,
    prompt: l10n.t('Its name, or several parted by slashes'),
    validateInput: async (text) => {
      const problem = checkGroupName(text);
      if (problem !== undefined) return describeNameProblem(problem, l10n);
      const there = await groupExists({ ...parent, path: newGroupPath(parent.path, text) });
      return there ? l10n.t('It is there already.') : undefined;
    },
  });
  return answered(name);
};

/** In v1 a group is made in each hierarchy that is to control it; the one that was clicked is meant anyway. */
const askHierarchies = async (parent: ControlGroup, title: string): Promise<readonly ControlGroup[]> => {
  const root = { ...parent, path: '/' };
  const others = requireHierarchies()
    .filter(
      ({ version, controllers, mountPoint }) =>
        version === 1 && controllers.length > 0 && mountPoint !== parent.hierarchy.mountPoint,
    )
    .map((hierarchy): ControlGroup => ({ hierarchy, path: '/' }));
  const possible = parent.path === '/' ? [root, ...others] : await sameGroups(parent, requireHierarchies());
  const placeHolder = l10n.t('In which hierarchies? Each controls what its controllers are for.');
  return pickHierarchies(possible, 1, { title, placeHolder });
};

/** In v2 a group has the controllers that those above pass on to it. */
const askControllers = async (parent: ControlGroup, title: string): Promise<readonly string[]> => {
  const possible = await controllersOf(parent);
  if (possible.length === 0) return [];
  const passed = words(await readGroupFile(parent, 'cgroup.subtree_control'));
  const items = possible.map((label) => ({ label, picked: passed.includes(label) }));
  const placeHolder = l10n.t('Which controllers is it to have? Those above it pass them on.');
  const picked = answered(await pickSeveral(items, { title, placeHolder }));
  return picked.map(({ label }) => label);
};

/** Makes a group below the one that was clicked, and offers to give it a limit at once. */
export const create: Handler = async (services, args) => {
  const [parent] = await pickGroups(services, args, l10n.t('Create Group'));
  if (parent === undefined) return;
  const advice = l10n.t(
    'systemd makes such groups itself: systemd-run --scope --slice=NAME.slice runs a command in one of its own.',
  );
  await mindSystemd(services, parent, advice);
  const name = await askName(parent);
  const title = l10n.t('Creating {0}', shownGroup({ ...parent, path: newGroupPath(parent.path, name) }));
  const isV1 = parent.hierarchy.version === 1;
  const parents = isV1 ? await askHierarchies(parent, title) : [parent];
  const wanted = isV1 ? parents.flatMap(({ hierarchy }) => hierarchy.controllers) : await askControllers(parent, title);
  const groups = parents.map((one): ControlGroup => ({ ...one, path: newGroupPath(one.path, name) }));
  if (
    !(await changeGroups(
      services,
      title,
      changes(() => createGroup(groups, wanted)),
    ))
  )
    return;
  const [made] = groups;
  if (made === undefined) return;
  showDone(l10n.t('{0} created', shownGroups(groups)));
  // Before anything is asked: whoever closes the question has the group before the eyes all the same.
  services.view.make({ kind: 'revealGroup', group: made });
  await offerLimit(services, groups);
};
