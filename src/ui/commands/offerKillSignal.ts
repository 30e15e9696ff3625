import * as vscode from 'vscode';
import { backendOf, offered } from '../../machines/backend.ts';
import { nameOf, readRef } from '../../machines/reference.ts';
import { showDone, showInformation } from '../notifications.ts';
import { shownNames } from '../failuresMessage.ts';
import { plainText } from '../plainText.ts';
import { createNspawnFile } from './createNspawnFile.ts';
import type { CommandServices } from './handler.ts';
import { nspawnTemplate } from './nspawnTemplate.ts';
import { machinesSubject } from './operate.ts';
import { saysKillSignal, withKillSignal } from './withKillSignal.ts';

const { l10n } = vscode;

/** What asks the init of BusyBox to power off. */
const signal = 'SIGUSR2';

/** Where it is kept of which machines this was said, so that it is said once. */
const saidOf = 'killSignalOffered';

type Place = { readonly path: string; readonly text: string } | 'none' | 'unknown';

const placeOf = async ({ backends, inventory }: CommandServices, name: string): Promise<Place> => {
  const files = backendOf(backends, name)?.configFiles;
  const file = await files?.find(readRef(name), inventory.images.get(name)?.path);
  if (file === undefined) return 'none';
  const text = file === 'closed' ? undefined : await files?.readText(file.path);
  return file === 'closed' || text === undefined ? 'unknown' : { path: file.path, text };
};

/** Through an open document, so that VS Code asks for more rights where this user may not write, and Undo takes it back. */
const editFile = async (path: string): Promise<boolean> => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(document.uri, all, withKillSignal(document.getText(), signal));
  await vscode.window.showTextDocument(document);
  return (await vscode.workspace.applyEdit(edit)) && (await document.save());
};

const setSignal = async (services: CommandServices, name: string): Promise<void> => {
  const place = await placeOf(services, name);
  if (place === 'unknown') return;
  const { offer: nspawnFiles } = offered(services.backends, name, (backend) => backend.nspawnFiles);
  const own = nspawnFiles.nameOf(nameOf(name));
  const made = place === 'none';
  const path =
    place === 'none' ? await createNspawnFile(services, own, withKillSignal(nspawnTemplate(own), signal)) : place.path;
  if (made) await vscode.window.showTextDocument(vscode.Uri.file(path));
  else if (!(await editFile(path))) return;
  showDone(l10n.t('{0} is set in {1}, from the next start on', `KillSignal=${signal}`, plainText(path, 80)));
};

/**
 * After a BusyBox machine was asked in the way that its init knows: nobody else asks so, and its settings file can have systemd do it.
 * Said once for each machine, and not where the file says it already.
 */
export const offerKillSignal = async (services: CommandServices, names: readonly string[]): Promise<void> => {
  const { workspaceState } = services.context;
  const said = workspaceState.get<readonly string[]>(saidOf, []);
  const lacking: string[] = [];
  for (const name of names.filter((one) => !said.includes(one))) {
    const place = await placeOf(services, name);
    const lacks = place === 'none' || (place !== 'unknown' && !saysKillSignal(place.text, signal));
    if (lacks) lacking.push(name);
  }
  if (lacking.length === 0) return;
  await workspaceState.update(saidOf, [...said, ...lacking]);
  const button = l10n.t('Set KillSignal=SIGUSR2');
  const answer = await showInformation(
    lacking.length === 1
      ? l10n.t(
          'BusyBox powers off by SIGUSR2, which was sent to the init of {0}. systemd itself does not know that: "systemctl stop" and a shutdown of this host wait up to two minutes, as long as the .nspawn file does not say KillSignal=SIGUSR2.',
          machinesSubject(lacking),
        )
      : l10n.t(
          'BusyBox powers off by SIGUSR2, which was sent to the init of each of these {0} machines: {1}. systemd itself does not know that: "systemctl stop" and a shutdown of this host wait up to two minutes for each, as long as its .nspawn file does not say KillSignal=SIGUSR2.',
          lacking.length,
          shownNames(lacking, l10n),
        ),
    button,
  );
  if (answer !== button) return;
  for (const name of lacking) await setSignal(services, name);
};
