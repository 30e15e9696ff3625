import * as vscode from 'vscode';
import { showDone, showInformation } from '../../notifications.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { lookAtGroup, type SeenGroup } from '../../../machines/cgroups/operate/seen.ts';
import { deleteGroup } from '../../../machines/cgroups/operate/deleteGroup.ts';
import { contentsOf, groupExists } from '../../../machines/cgroups/operate/groupFiles.ts';
import { readOwners } from '../../../machines/cgroups/groupOwner.ts';
import { planGroups } from '../../../machines/cgroups/operate/plannedGroups.ts';
import { confirm } from '../answers.ts';
import type { Handler } from '../handler.ts';
import { changeGroups } from './changeGroups.ts';
import { groupFileOf } from './groupFiles.ts';
import { processList, shownGroup } from './groupNames.ts';
import { requireHierarchies } from './pickGroup.ts';

const { l10n } = vscode;

const listed = 10;

/**
 * Takes the groups of a file away again, and nothing else. cgclear is not asked: without a file it moves every process of the host
 * to the root and unmounts what is mounted, with one it unmounts too, and libcgroup 3 has it no more.
 */
export const clear: Handler = async (services, [given]) => {
  const { contents } = await groupFileOf(services, given);
  const plan = await planGroups(contents, requireHierarchies());
  const groups = plan.flatMap(({ group }): ControlGroup[] =>
    group === undefined || group.path === '/' ? [] : [group],
  );
  const ownerOf = await readOwners();
  const there: SeenGroup[] = [];
  for (const group of groups)
    if ((await groupExists(group)) && ownerOf(group).kind !== 'unit') there.push(await lookAtGroup(group));
  if (there.length === 0) {
    void showInformation(l10n.t('None of the groups of this file is there.'));
    return;
  }
  const inside = await Promise.all(there.map(contentsOf));
  const all = new Set(
    inside.flatMap((one) => one.groups.map(({ hierarchy, path }) => `${hierarchy.mountPoint}${path}`)),
  );
  const pids = [...new Set(inside.flatMap((one) => one.pids))];
  const names = [...new Set(there.map(shownGroup))];
  const more = names.length > listed ? `\n${l10n.t('and {0} more', names.length - listed)}` : '';
  const running =
    pids.length === 0
      ? ''
      : `\n${l10n.t('Processes that move to the groups above, without these limits: {0}\n{1}', pids.length, await processList(pids))}`;
  await confirm(
    l10n.t('Delete the control groups of this file, and those below that it does not name ({0})?', all.size),
    `${names.slice(0, listed).join('\n')}${more}${running}`,
    l10n.t('Delete'),
  );
  const deepestFirst = [...there].sort((one, other) => other.path.length - one.path.length);
  const done = await changeGroups(services, l10n.t('Deleting the groups of the file'), async function* () {
    for (const group of deepestFirst) if (await groupExists(group)) yield await deleteGroup(group);
  });
  if (done) showDone(l10n.t('Control groups deleted: {0}', all.size));
};
