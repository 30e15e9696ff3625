import * as vscode from 'vscode';
import { showProgress } from '../../notifications.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { textOfGroups } from '../../../machines/cgroups/operate/groupText.ts';
import { hasLibcgroup } from '../../../machines/cgroups/operate/libcgroupTools.ts';
import { sameGroups } from '../../../machines/cgroups/operate/runInGroup.ts';
import { cgsnapshot, type DefaultsOf, snapshotGroups } from '../../../machines/cgroups/operate/snapshotGroup.ts';
import { groupTextWords } from '../../cgroups/groupWords.ts';
import { plainLines, plainText } from '../../plainText.ts';
import type { CommandServices, Handler } from '../handler.ts';
import { shownGroup } from './groupNames.ts';
import { requireHierarchies, pickGroups } from './pickGroup.ts';

const { l10n } = vscode;

/** Whole hierarchies are libcgroup's business where it is installed and does not fail. */
const byLibcgroup = async ({ run, log }: CommandServices, group: ControlGroup): Promise<string | undefined> => {
  const { version, controllers } = group.hierarchy;
  if (group.path !== '/' || version === 2 || controllers.length === 0 || !(await hasLibcgroup('cgsnapshot')))
    return undefined;
  try {
    return await run(cgsnapshot(controllers));
  } catch (error) {
    log.warn(`cgsnapshot: ${String(error)}`);
    return undefined;
  }
};

const bySelf = async ({ language }: CommandServices, group: ControlGroup): Promise<string> => {
  const client = await language.running();
  const defaultsOf: DefaultsOf = async (version, names) => {
    const meanings = await client.parameterMeanings(
      version,
      names.map((name) => ({ name })),
    );
    const known = names.map((name, index): [string, string | undefined] => [name, meanings[index]?.initial]);
    return new Map(known.filter((pair): pair is [string, string] => pair[1] !== undefined));
  };
  const groups = await sameGroups(group, requireHierarchies());
  const head = l10n.t(
    '{0} and what is below it, as the kernel has it now; only what differs from a new group',
    shownGroup(group),
  );
  return `# ${plainText(head, 300)}\n\n${textOfGroups(await snapshotGroups(groups, defaultsOf), groupTextWords(l10n))}`;
};

/** Writes the groups as they are to a new cgconfig.conf, which is not saved. */
export const snapshot: Handler = async (services, args) => {
  const [group] = await pickGroups(services, args, l10n.t('Snapshot to cgconfig.conf'));
  if (group === undefined) return;
  const text = await showProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Reading control groups') },
    async () => (await byLibcgroup(services, group)) ?? (await bySelf(services, group)),
  );
  const document = await vscode.workspace.openTextDocument({ language: 'cgconfig', content: plainLines(text) });
  await vscode.window.showTextDocument(document);
};
