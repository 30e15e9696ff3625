import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { offered } from '../../machines/backend.ts';
import type { Command } from '../../machines/command.ts';
import { codeOf, MachineError } from '../../machines/errors.ts';
import { plainFiles } from '../../machines/host/files.ts';
import { endOfFile, noPlainFileCode, noSuchFileCode } from '../../machines/host/hostCommands.ts';
import { showInformation } from '../notifications.ts';
import { plainText, shownName } from '../plainText.ts';
import { reachForTerminal } from '../privileges.ts';
import { cancelled } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { pickName } from './pickNames.ts';
import { cancellable, runAsRoot } from './runAsRoot.ts';
import { machineClicked } from './targets.ts';

const { l10n } = vscode;

/** @throws MachineError fileProblem */
const mayRead = async (path: string): Promise<boolean> => {
  try {
    if (!(await stat(path)).isFile()) throw new MachineError({ kind: 'fileProblem', path, code: 'EINVAL' });
    await access(path, constants.R_OK);
    return true;
  } catch (error) {
    if (error instanceof MachineError) throw error;
    const code = codeOf(error) ?? 'EIO';
    if (code === 'EACCES' || code === 'EPERM') return false;
    throw new MachineError({ kind: 'fileProblem', path, code }, { cause: error });
  }
};

/** What is there is seen by root only. @throws MachineError fileProblem */
const readAsRoot = async (
  services: CommandServices,
  as: Parameters<typeof runAsRoot>[1],
  path: string,
  command = endOfFile(path),
): Promise<string> => {
  try {
    return await runAsRoot(services, as, command);
  } catch (error) {
    if (!(error instanceof MachineError) || error.failure.kind !== 'toolFailed') throw error;
    const { exitCode } = error.failure;
    const code = exitCode === noSuchFileCode ? 'ENOENT' : exitCode === noPlainFileCode ? 'EINVAL' : undefined;
    throw code === undefined ? error : new MachineError({ kind: 'fileProblem', path, code }, { cause: error });
  }
};

/** With the rights that the person chooses. @throws MachineError */
const readWithRights = async (
  services: CommandServices,
  title: string,
  path: string,
  byOther: Command<string> | undefined,
): Promise<string> => {
  const reach = await reachForTerminal(services, title, []);
  return cancellable(l10n.t('Reading {0}', plainText(path, 120)), (signal) =>
    readAsRoot(services, { title, reach, signal }, path, byOther),
  );
};

/** How a text of a machine is read as another user, to whom it belongs; undefined where this user opens it. */
const byItsUser = async (services: CommandServices, id: string, path: string): Promise<Command<string> | undefined> => {
  const { ref, offer: texts } = offered(services.backends, id, (backend) => backend.texts);
  return texts.byItsUser(ref, endOfFile(path));
};

/** What is written in an editor and not saved: VS Code keeps the text of a file that it no longer shows, whatever happens to the file. */
const unsaved = (path: string): string | undefined =>
  vscode.workspace.textDocuments
    .find(({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath === path)
    ?.getText();

/** The text of a machine as it stands unsaved in an editor, else on the disk. @throws MachineError */
export const readConfiguration = async (
  services: CommandServices,
  title: string,
  id: string,
  path: string,
): Promise<string> => {
  const byOther = await byItsUser(services, id, path);
  if (byOther !== undefined || !(await mayRead(path))) return readWithRights(services, title, path, byOther);
  return unsaved(path) ?? (await plainFiles.read(path));
};

/** In an editor; what this user may not read as a text that cannot be changed. @throws MachineError */
const open = async (services: CommandServices, title: string, id: string, path: string): Promise<void> => {
  const byOther = await byItsUser(services, id, path);
  if (byOther === undefined && (await mayRead(path))) {
    await vscode.window.showTextDocument(vscode.Uri.file(path));
    return;
  }
  await services.documents.showText(title, await readWithRights(services, title, path, byOther));
};

export const openConfiguration: Handler = async (services, args) => {
  const wanted = { fits: 'machineOrImage', ability: 'texts' } as const;
  const name = await pickName(services, args, wanted, l10n.t('Open Configuration'));
  const machine = machineClicked(services.inventory, args, name) ?? name;
  const { ref, offer: texts } = offered(services.backends, machine, (backend) => backend.texts);
  await open(services, l10n.t('{0}: configuration', shownName(name, 80)), machine, texts.configuration(ref));
};

/** The configuration of a machine as a file that this user may change. @throws MachineError cancelled, after saying why there is none */
export const documentOf = async (services: CommandServices, id: string): Promise<vscode.TextDocument> => {
  const { ref, offer: texts } = offered(services.backends, id, (backend) => backend.texts);
  const path = texts.configuration(ref);
  const isOurs = (await byItsUser(services, id, path)) === undefined && (await mayRead(path));
  if (isOurs) return (await vscode.window.showTextDocument(vscode.Uri.file(path))).document;
  void showInformation(
    l10n.t('You may not read {0}. Open VS Code as the user to whom it belongs to change it.', plainText(path, 200)),
  );
  throw cancelled();
};

/** The log of a machine that writes one. @throws MachineError */
export const openLogOf = async (services: CommandServices, name: string): Promise<void> => {
  const { ref, offer: texts } = offered(services.backends, name, (backend) => backend.texts);
  const path = await texts.log(services, ref);
  const shown = shownName(name, 80);
  try {
    await open(services, l10n.t('{0}: log', shown), name, path);
  } catch (error) {
    if (!(error instanceof MachineError) || error.failure.kind !== 'fileProblem' || error.failure.code !== 'ENOENT')
      throw error;
    void showInformation(l10n.t('{0} has no log yet. {1} is written when it starts.', shown, plainText(path, 200)));
    throw cancelled();
  }
};

export const openLog: Handler = async (services, args) => {
  const wanted = { fits: 'machineOrImage', ability: 'texts' } as const;
  const name = await pickName(services, args, wanted, l10n.t('Open Log'));
  await openLogOf(services, machineClicked(services.inventory, args, name) ?? name);
};
