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

/** Where the files of each kind are looked for. */
const directories = { systemd: '/etc/systemd/system', nspawn: '/etc/systemd', lxc: '/var/lib/lxc' } as const;

const isThere = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
};

/** @throws MachineError cancelled */
const askWhere = async (own: string, kind: MigratedFiles['kind']): Promise<string> => {
  const items = [
    {
      label: own,
      detail:
        kind === 'lxc'
          ? l10n.t('Where LXC finds them. Nothing is started.')
          : l10n.t('Where systemd finds them. Nothing is started or limited before systemd is told.'),
      iconPath: new vscode.ThemeIcon('shield'),
      chosen: own,
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

const filesIn = (directory: string, { files, kind }: MigratedFiles): Promise<readonly FileToWrite[]> =>
  Promise.all(
    files.map(async ({ path, text }) => {
      const name = relative(directories[kind], path);
      return { name, text, replaces: await isThere(join(directory, name)) };
    }),
  );

const shownUri = (given: unknown): unknown =>
  given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;

/** Writes the files that are shown to where the user says, after a question that names every file. */
export const writeMigratedUnits: Handler = async (services, [given]) => {
  const shown = services.migrations.get(shownUri(given));
  if (shown === undefined || shown.result.kind === 'v2') {
    void showInformation(l10n.t('Convert a file first.'));
    throw cancelled();
  }
  const { kind } = shown.result;
  const own = directories[kind];
  const directory = await askWhere(own, kind);
  const identity = await seenDirectory(directory);
  const files = await filesIn(directory, shown.result);
  await ask(directory, files);
  if (directory !== own || (await mayWrite(directory))) await writeInto(directory, identity, files);
  else await writeFilesAsRoot(services, directory, files);
  if (directory === own && kind !== 'lxc') await offerReload(services);
  else void showInformation(l10n.t('The files are in {0}.', plainText(directory, 100)));
};
