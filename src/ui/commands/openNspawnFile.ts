import * as vscode from 'vscode';
import type { ConfigFile, ConfigFiles } from '../../machines/configFile.ts';
import { askModal, showInformation } from '../notifications.ts';
import { offered } from '../../machines/backend.ts';
import { nameOf } from '../../machines/reference.ts';
import { plainText } from '../plainText.ts';
import type { Services } from '../services.ts';
import { cancelled } from './answers.ts';
import { createNspawnFile } from './createNspawnFile.ts';
import type { Handler } from './handler.ts';
import { pickName } from './pickNames.ts';

const { l10n } = vscode;

const find = (services: Services, name: string): ReturnType<ConfigFiles['find']> => {
  const { ref, offer: files } = offered(services.backends, name, ({ configFiles }) => configFiles);
  const { images, machines } = services.inventory;
  return files.find(ref, images.get(name)?.path ?? machines.get(name)?.rootDirectory);
};

const askToCreate = async (name: string, closed: boolean): Promise<void> => {
  const create = l10n.t('Create');
  const shown = plainText(name, 80);
  const question = closed
    ? l10n.t('{0} has no .nspawn file that this user may see. Create one in /etc/systemd/nspawn?', shown)
    : l10n.t('{0} has no .nspawn file. Create one in /etc/systemd/nspawn?', shown);
  const answer = await askModal('information', question, undefined, create);
  if (answer !== create) throw cancelled();
};

/** What a user who reads the file should know about its effect. */
const sayEffect = (file: ConfigFile): void => {
  if (file.trusted) return;
  void showInformation(
    l10n.t(
      'This file lies beside its image: systemd ignores settings in it that give the machine more rights. In /etc/systemd/nspawn all of them count.',
    ),
  );
};

export const openNspawnFile: Handler = async (services, args) => {
  const name = await pickName(
    services,
    args,
    { fits: 'machineOrImage', ability: 'nspawn' },
    l10n.t('Open .nspawn File'),
  );
  const found = await find(services, name);
  if (found !== undefined && found !== 'closed') {
    await vscode.window.showTextDocument(vscode.Uri.file(found.path));
    sayEffect(found);
    return;
  }
  const { offer: nspawnFiles } = offered(services.backends, name, (backend) => backend.nspawnFiles);
  const own = nspawnFiles.nameOf(nameOf(name));
  await askToCreate(own, found === 'closed');
  await vscode.window.showTextDocument(vscode.Uri.file(await createNspawnFile(services, own)));
};
