import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { offered } from '../../machines/backend.ts';
import { showInformation } from '../notifications.ts';
import { shownName } from '../plainText.ts';
import { cancelled } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { pickName } from './pickNames.ts';
import { machineClicked } from './targets.ts';
import { readConfiguration } from './texts.ts';

const { l10n } = vscode;

interface Meant {
  readonly title: string;
  readonly uri: vscode.Uri;
  readonly text: string;
}

/** The file that the caller names or that is looked at, where it is one. */
const openMeant = async (given: unknown): Promise<Meant | undefined> => {
  const document =
    given instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(given)
      : given === undefined
        ? vscode.window.activeTextEditor?.document
        : undefined;
  if (document?.languageId !== 'lxc' || document.uri.scheme !== 'file') return undefined;
  const { uri } = document;
  const name = basename(uri.path) === 'config' ? basename(dirname(uri.path)) : basename(uri.path);
  return { title: name, uri, text: document.getText() };
};

const ofMachine = async (services: CommandServices, args: Parameters<Handler>[1]): Promise<Meant> => {
  const title = l10n.t('Show Effective Configuration');
  const name = await pickName(services, args, { fits: 'machineOrImage', ability: 'texts' }, title);
  const machine = machineClicked(services.inventory, args, name) ?? name;
  const { ref, offer: texts } = offered(services.backends, machine, (backend) => backend.texts);
  const path = texts.configuration(ref);
  const text = await readConfiguration(services, title, machine, path);
  return { title: shownName(name, 80), uri: vscode.Uri.file(path), text };
};

/** All that counts of a configuration and of what it includes, with the place of each line: a read-only text. */
export const showEffectiveConfiguration: Handler = async (services, args) => {
  const { title, uri, text } = (await openMeant(args[0])) ?? (await ofMachine(services, args));
  const client = await services.language.running();
  const page = await client.effectiveConfiguration(uri, text);
  if (page === undefined) {
    void showInformation(l10n.t('This is no configuration that could be followed.'));
    throw cancelled();
  }
  const links = page.origins.map(({ line, uri: to, lineThere }) => ({
    line,
    target: vscode.Uri.parse(to).with({ fragment: `L${lineThere + 1}` }),
  }));
  await services.documents.showText(l10n.t('{0}: effective configuration', title), page.text, 'lxc', links);
};
