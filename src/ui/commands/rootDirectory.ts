import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { pickOne } from '../questions.ts';
import { askBeforeLoss, showInformation } from '../notifications.ts';
import { backendOf } from '../../machines/backend.ts';
import { type Command, ignoreOutput } from '../../machines/command.ts';
import type { TerminalPlan } from '../../machines/entry.ts';
import { codeOf, MachineError } from '../../machines/errors.ts';
import { readRef } from '../../machines/reference.ts';
import { plainText, shownName } from '../plainText.ts';
import { reachForPlan, reachForTerminal } from '../privileges.ts';
import { callInTerminal } from '../toolsFromSettings.ts';
import { answered, cancelled } from './answers.ts';
import { consoleRequest } from './consoleRequest.ts';
import type { CommandServices, Handler } from './handler.ts';
import { pickName } from './pickNames.ts';

const { l10n } = vscode;

type Kind = 'readable' | 'closed' | 'noDirectory';

/** `closed` is a directory that this user may not read, as all below /var/lib/machines are. @throws MachineError fileProblem */
const kindOf = async (path: string): Promise<Kind> => {
  try {
    if (!(await stat(path)).isDirectory()) return 'noDirectory';
    await access(path, constants.R_OK | constants.X_OK);
    return 'readable';
  } catch (error) {
    const code = codeOf(error) ?? 'EIO';
    if (code === 'EACCES' || code === 'EPERM') return 'closed';
    throw new MachineError({ kind: 'fileProblem', path, code }, { cause: error });
  }
};

const insideDiskImage = (name: string): MachineError => {
  void showInformation(
    l10n.t('The files of {0} lie in a disk image. Open a shell in it to see them.', shownName(name, 80)),
  );
  return cancelled();
};

const rootDirectoryOf = (services: CommandServices, name: string): string => {
  const image = services.inventory.images.get(name);
  // The root directory that machined names for a disk image is mounted for its machine only.
  if (image?.type === 'raw' || image?.type === 'block') throw insideDiskImage(name);
  const path = services.inventory.machines.get(name)?.rootDirectory ?? image?.path;
  if (path === undefined) throw insideDiskImage(name);
  return path;
};

/** Constant text for `sh -c`; the directory comes as a parameter. */
const shellIn = `cd -- "$1" && exec "\${SHELL:-/bin/sh}"`;

/** An editor cannot open what only root may read, but a terminal can. @throws MachineError cancelled, notAuthorized */
const openAsRoot = async (services: CommandServices, path: string, name: string): Promise<void> => {
  const title = l10n.t('{0}: files', shownName(name, 60));
  const reach = await reachForTerminal(services, title, []);
  const call = callInTerminal(reach, { file: '/bin/sh', args: ['-c', shellIn, 'sh', path] });
  services.terminals.open({ name: title, icon: 'folder', ...call });
};

/** No editor of root's opens what another user may have replaced by a link. @throws MachineError cancelled, notAuthorized */
const openByItsUser = async (services: CommandServices, { file, args }: Command<void>, name: string): Promise<void> => {
  const title = l10n.t('{0}: files', shownName(name, 60));
  const call = callInTerminal(await reachForTerminal(services, title, []), { file, args });
  services.terminals.open({ name: title, icon: 'folder', ...call });
};

/** With the ids of the machine, whose files this user may see and not change. @throws MachineError cancelled, notAuthorized */
const openInTree = async (services: CommandServices, plan: TerminalPlan): Promise<void> => {
  const note = l10n.t('files');
  const title = `${plan.command.title}: ${note}`;
  const reach = await reachForPlan(services, title, plan);
  services.terminals.open(consoleRequest(plan.command, reach, { icon: 'folder', note }));
};

type OpenIn = 'file' | 'newWindow' | 'terminal' | 'workspace';

const openNewWindow = async (uri: vscode.Uri): Promise<void> => {
  await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
};

/** VS Code loads the window anew where its workspace becomes one of several folders, or gets its first one. */
const reloadsWindow = (): boolean => {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  return workspaceFile === undefined || workspaceFolders.length === 0;
};

/** @throws MachineError cancelled, also where the other window was chosen instead, which is open then */
const confirmReload = async (uri: vscode.Uri): Promise<void> => {
  const [reload, newWindow] = [l10n.t('Add and Load Anew'), l10n.t('Open in New Window')];
  const { length } = vscode.window.terminals;
  const losses =
    length === 0
      ? l10n.t('Nothing is lost: no terminal is open.')
      : length === 1
        ? l10n.t('The terminal that is open may be closed by this, and what runs in it ends.')
        : l10n.t('The {0} terminals that are open may be closed by this, and what runs in them ends.', length);
  const why = l10n.t(
    'VS Code makes a workspace of several folders out of what this window shows, and loads the window anew for it.',
  );
  const question = l10n.t('Load this window anew, to add {0} to it?', plainText(uri.fsPath, 120));
  const answer = await askBeforeLoss(question, `${why}\n${losses}`, reload, newWindow);
  if (answer === reload) return;
  if (answer === newWindow) await openNewWindow(uri);
  throw cancelled();
};

const openFiles = async (uri: vscode.Uri, name: string): Promise<void> => {
  const title = l10n.t('Open a file of {0}', shownName(name, 60));
  const files = answered(await vscode.window.showOpenDialog({ defaultUri: uri, canSelectMany: true, title }));
  for (const file of files) await vscode.commands.executeCommand('vscode.open', file);
};

const openIn = async (services: CommandServices, path: string, name: string, where: OpenIn): Promise<void> => {
  const uri = vscode.Uri.file(path);
  switch (where) {
    case 'file':
      return openFiles(uri, name);
    case 'newWindow':
      return openNewWindow(uri);
    case 'workspace': {
      if (reloadsWindow()) await confirmReload(uri);
      const { workspaceFolders = [] } = vscode.workspace;
      vscode.workspace.updateWorkspaceFolders(workspaceFolders.length, 0, { uri, name: shownName(name, 80) });
      return;
    }
    case 'terminal':
      services.terminals.open({
        name: l10n.t('{0}: files', shownName(name, 60)),
        icon: 'folder',
        file: process.env['SHELL'] ?? '/bin/sh',
        args: [],
        directory: path,
      });
  }
};

interface Way extends vscode.QuickPickItem {
  readonly open: () => Promise<void>;
}

const way = (icon: string, label: string, description: string, open: () => Promise<void>): Way => ({
  ...{ label, description, open, iconPath: new vscode.ThemeIcon(icon) },
});

export const openRootDirectory: Handler = async (services, args) => {
  const name = await pickName(services, args, { fits: 'machineOrImage' }, l10n.t('Open Root Directory'));
  const path = rootDirectoryOf(services, name);
  const [backend, ref] = [backendOf(services.backends, name), readRef(name)];
  const call = { file: '/bin/sh', args: ['-c', shellIn, 'sh', path] };
  const byItsUser = await backend?.texts?.byItsUser(ref, { ...call, parse: ignoreOutput });
  const plan = await backend?.terminals.inTree?.(services, ref, { ...call, title: ref.name });
  const [asItsRoot, withItsIds] = [
    l10n.t('Open in Terminal as Its Root'),
    l10n.t('a shell with the ids of its files, which it may change'),
  ];
  const inTree = plan === undefined ? [] : [way('shield', asItsRoot, withItsIds, () => openInTree(services, plan))];
  const choose = async (ways: readonly Way[]): Promise<void> =>
    answered(await pickOne(ways, { title: plainText(path, 200) })).open();
  if (byItsUser !== undefined) {
    const open = (): Promise<void> => openByItsUser(services, byItsUser, name);
    if (inTree.length === 0) return open();
    return choose([
      way('terminal', l10n.t('Open in Terminal'), l10n.t('a shell of the user whom it belongs to'), open),
      ...inTree,
    ]);
  }
  const kind = await kindOf(path);
  if (kind === 'noDirectory') throw insideDiskImage(name);
  if (kind === 'closed') {
    const [label, why] = [
      l10n.t('Open a Terminal There as Root…'),
      l10n.t('This user may not read {0}.', plainText(path, 200)),
    ];
    return choose([...inTree, way('shield', label, why, () => openAsRoot(services, path, name))]);
  }
  const item = (where: OpenIn, icon: string, label: string, description: string): Way =>
    way(icon, label, description, () => openIn(services, path, name, where));
  return choose([
    item('newWindow', 'multiple-windows', l10n.t('Open in New Window'), l10n.t('this one stays as it is')),
    item('terminal', 'terminal', l10n.t('Open in Terminal'), l10n.t('a shell of this host, in there')),
    ...inTree,
    item('file', 'go-to-file', l10n.t('Open a File…'), l10n.t('an editor in this window')),
    reloadsWindow()
      ? item('workspace', 'root-folder', l10n.t('Add to Workspace…'), l10n.t('loads this window anew; asks first'))
      : item('workspace', 'root-folder', l10n.t('Add to Workspace'), l10n.t('beside its other folders')),
  ]);
};
