import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { askModal, showInformation, showWarning } from '../../notifications.ts';
import { applyFile, applyPlan } from '../../../machines/cgroups/operate/applyFile.ts';
import { textOfPlan } from '../../../machines/cgroups/operate/groupText.ts';
import { hasLibcgroup } from '../../../machines/cgroups/operate/libcgroupTools.ts';
import {
  type PlannedGroup,
  planGroups,
  type PlanSummary,
  summarise,
} from '../../../machines/cgroups/operate/plannedGroups.ts';
import { plainText } from '../../plainText.ts';
import type { CommandId } from '../commandIds.ts';
import { groupTextWords } from '../../cgroups/groupWords.ts';
import { cancelled } from '../answers.ts';
import type { CommandServices, Handler } from '../handler.ts';
import { changeGroups, changes } from './changeGroups.ts';
import { groupFileOf, type OpenGroupFile } from './groupFiles.ts';
import { requireHierarchies } from './pickGroup.ts';

const { l10n } = vscode;

const nameOf = ({ document }: OpenGroupFile): string => plainText(basename(document.fileName), 60);

/** Shows beside each other what the kernel has now and what the file would set. */
const showPlan = async (services: CommandServices, file: OpenGroupFile): Promise<readonly PlannedGroup[]> => {
  const plan = await planGroups(file.contents, requireHierarchies());
  const words = groupTextWords(l10n);
  const title = l10n.t('{0}: now and after applying', nameOf(file));
  const [before, after] = [textOfPlan(plan, 'before', words), textOfPlan(plan, 'after', words)];
  await services.documents.compare(title, before, after, 'cgconfig', file.document.uri);
  return plan;
};

const describe = ({ missing, different, unmounted }: PlanSummary, { contents }: OpenGroupFile): string =>
  [
    l10n.t('Groups to make: {0}. Parameters to set: {1}.', missing, different),
    ...(unmounted.length === 0 ? [] : [l10n.t('This host has no {0}, so this will fail.', unmounted.join(', '))]),
    ...(contents.mounts.length === 0 ? [] : [l10n.t('It also mounts: {0}', contents.mounts.join('; '))]),
    ...(contents.permissions ? [l10n.t('It also sets owners and modes.')] : []),
  ].join(' ');

export const preview: Handler = async (services, [given]) => {
  const file = await groupFileOf(services, given);
  const summary = summarise(await showPlan(services, file));
  const button = l10n.t('Apply…');
  const offer = async (): Promise<void> => {
    if ((await showInformation(describe(summary, file), button)) === button)
      await vscode.commands.executeCommand('nspawn.cgroups.apply' satisfies CommandId, file.document.uri);
  };
  void offer();
};

/** What has happened of it after a failure: libcgroup takes nothing back. */
const sayWhatIsDone = (file: OpenGroupFile, planned: PlanSummary, left: PlanSummary): void => {
  void showWarning(
    l10n.t(
      '{0} was applied in part. Groups made: {1} of {2}. Parameters that still differ: {3}. Nothing was taken back.',
      nameOf(file),
      planned.missing - left.missing,
      planned.missing,
      left.different,
    ),
  );
};

/** The text that was shown is what is applied, whatever becomes of the file meanwhile. */
const applyText = async (
  services: CommandServices,
  title: string,
  text: string,
  contents: OpenGroupFile['contents'],
): Promise<boolean> => {
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-'));
  try {
    const path = join(directory, 'cgconfig.conf');
    await writeFile(path, text);
    return await changeGroups(
      services,
      title,
      changes(() => applyFile(path, contents)),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

export const apply: Handler = async (services, [given]) => {
  const file = await groupFileOf(services, given);
  const { text } = file;
  const plan = await showPlan(services, file);
  const planned = summarise(plan);
  const button = l10n.t('Apply');
  // Modal, so that it stays until it is answered; whoever wants to read the comparison first cancels and applies again.
  const answer = await askModal('warning', l10n.t('Apply {0}?', nameOf(file)), describe(planned, file), button);
  if (answer !== button) throw cancelled();
  const title = l10n.t('Applying {0}', nameOf(file));
  const done = (await hasLibcgroup('cgconfigparser'))
    ? await applyText(services, title, text, file.contents)
    : await changeGroups(services, title, () => applyPlan(plan));
  // What stood there as it was before is what the kernel has now.
  const after = summarise(await showPlan(services, file));
  if (!done) {
    sayWhatIsDone(file, planned, after);
    return;
  }
  const sentence = l10n.t(
    '{0} is applied. Groups made: {1}. Parameters that read otherwise than written, because the kernel rounds: {2}.',
    nameOf(file),
    planned.missing - after.missing,
    after.different,
  );
  void showInformation(sentence);
};
