import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { MachineError } from '../../machines/errors.ts';
import { withoutLinks } from '../inertText.ts';
import { plainText } from '../plainText.ts';
import { answered, cancelled } from './cancelled.ts';
import { codeOf } from './errorCode.ts';
import type { CommandServices, Handler } from './handler.ts';
import { pickName } from './pickNames.ts';

const { l10n } = vscode;

/** @throws MachineError fileProblem */
const isReadableDirectory = async (path: string): Promise<boolean> => {
  try {
    if (!(await stat(path)).isDirectory()) return false;
    await access(path, constants.R_OK | constants.X_OK);
    return true;
  } catch (error) {
    throw new MachineError({ kind: 'fileProblem', path, code: codeOf(error) }, { cause: error });
  }
};

const insideDiskImage = (name: string): MachineError => {
  void vscode.window.showInformationMessage(
    withoutLinks(l10n.t('The files of {0} lie in a disk image. Open a shell in it to see them.', plainText(name, 80))),
  );
  return cancelled();
};

const rootDirectoryOf = async (services: CommandServices, name: string): Promise<string> => {
  const image = services.inventory.images.get(name);
  // The root directory that machined names for a disk image is mounted for its machine only.
  if (image?.type === 'raw' || image?.type === 'block') throw insideDiskImage(name);
  const path = services.inventory.machines.get(name)?.rootDirectory ?? image?.path;
  if (path === undefined || !(await isReadableDirectory(path))) throw insideDiskImage(name);
  return path;
};

type OpenIn = 'newWindow' | 'workspace' | 'terminal';

const openIn = async (services: CommandServices, path: string, name: string, where: OpenIn): Promise<void> => {
  const uri = vscode.Uri.file(path);
  switch (where) {
    case 'newWindow':
      await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
      return;
    case 'workspace': {
      const { workspaceFolders = [] } = vscode.workspace;
      vscode.workspace.updateWorkspaceFolders(workspaceFolders.length, 0, { uri, name: plainText(name, 80) });
      return;
    }
    case 'terminal':
      services.terminals.open({
        name: l10n.t('{0}: files', plainText(name, 60)),
        icon: 'folder',
        file: process.env['SHELL'] ?? '/bin/sh',
        args: [],
        directory: path,
      });
  }
};

export const openRootDirectory: Handler = async (services, args) => {
  const name = await pickName(services, args, 'machineOrImage', l10n.t('Open Root Directory'));
  const path = await rootDirectoryOf(services, name);
  const items: readonly (vscode.QuickPickItem & { readonly where: OpenIn })[] = [
    { where: 'newWindow', label: l10n.t('Open in New Window'), iconPath: new vscode.ThemeIcon('multiple-windows') },
    { where: 'workspace', label: l10n.t('Add to Workspace'), iconPath: new vscode.ThemeIcon('root-folder') },
    { where: 'terminal', label: l10n.t('Open in Terminal'), iconPath: new vscode.ThemeIcon('terminal') },
  ];
  const { where } = answered(await vscode.window.showQuickPick(items, { title: plainText(path, 200) }));
  await openIn(services, path, name, where);
};
