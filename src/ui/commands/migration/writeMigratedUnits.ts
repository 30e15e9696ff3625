import { lstat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import { pickOne } from '../../questions.ts';
import { askModal, showInformation } from '../../notifications.ts';
import { plainText } from '../../plainText.ts';
import { answered, cancelled } from '../answers.ts';
import type { Handler } from '../handler.ts';
import { seenDirectory, writeInto } from '../heldDirectory.ts';
import type { FileToWrite } from '../heldDirectory.ts';
import { mayWrite } from '../placeNspawnFile.ts';
import { offerReload } from './offerReload.ts';
import { writeFilesAsRoot } from './writeFiles.ts';
import type { MigratedFiles } from '../../../protocol/migration.ts';

const { l10n } = vscode;

const unitDirectory = '/etc/systemd/system';

const isThere = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
};

/** @throws MachineError cancelled */
const askWhere = async (): Promise<string> => {
  const items = [
    {
      label: unitDirectory,
      detail: l10n.t('Where systemd finds them. Nothing is started or limited before systemd is told.'),
      iconPath: new vscode.ThemeIcon('shield'),
      chosen: unitDirectory,
    },
    {
      label: l10n.t('Choose a Folder…'),
      detail: l10n.t('To look at them, or to bring them to another host.'),
      iconPath: new vscode.ThemeIcon('folder'),
      chosen: undefined,
    },
  ];
  const { chosen } = answered(await pickOne(items, { title: l10n.t('Write the Files to…') }));
  if (chosen !== undefined) return chosen;
  const folders = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: l10n.t('Write Here'),
  });
  return answered(folders?.[0]).fsPath;
};

/** Says which files are written, and which of them take the place of others. @throws MachineError cancelled */
const ask = async (directory: string, files: readonly FileToWrite[]): Promise<void> => {
  const write = l10n.t('Write');
  const names = files.map(({ name, replaces }) => {
    const path = plainText(join(directory, name), 150);
    return replaces ? l10n.t('{0} (replaces the file that is there)', path) : path;
  });
  const detail = [...names.slice(0, 20), ...(names.length > 20 ? [l10n.t('and {0} more', names.length - 20)] : [])];
  const question = l10n.t('Write these files to {0}?', plainText(directory, 100));
  const answer = await askModal('warning', question, detail.join('\n'), write);
  if (answer !== write) throw cancelled();
};

const filesIn = (directory: string, { files }: MigratedFiles): Promise<readonly FileToWrite[]> =>
  Promise.all(
    files.map(async ({ path, text }) => {
      const name = relative(unitDirectory, path);
      return { name, text, replaces: await isThere(join(directory, name)) };
    }),
  );

const shownUri = (given: unknown): unknown =>
  given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;

/** Writes the units that are shown to where the user says, after a question that names every file. */
export const writeMigratedUnits: Handler = async (services, [given]) => {
  const shown = services.migrations.get(shownUri(given));
  if (shown?.result.kind !== 'systemd') {
    void showInformation(l10n.t('Convert a cgconfig.conf first.'));
    throw cancelled();
  }
  const directory = await askWhere();
  const identity = await seenDirectory(directory);
  const files = await filesIn(directory, shown.result);
  await ask(directory, files);
  if (directory !== unitDirectory || (await mayWrite(directory))) await writeInto(directory, identity, files);
  else await writeFilesAsRoot(services, directory, files);
  if (directory === unitDirectory) await offerReload(services);
  else void showInformation(l10n.t('The files are in {0}.', plainText(directory, 100)));
};
