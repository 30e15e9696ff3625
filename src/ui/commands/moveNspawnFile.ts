import { access, constants } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { askModal, showInformation, showWarning } from '../notifications.ts';
import { offeredByAny } from '../../machines/backend.ts';
import { plainText } from '../plainText.ts';
import { cancelled } from './answers.ts';
import { documentMeant } from './documentMeant.ts';
import type { CommandServices, Handler } from './handler.ts';
import { removeFrom, seenDirectory } from './heldDirectory.ts';
import { moveScript } from './moveScript.ts';
import { mayWrite, withTextAsRoot, writeNspawnFile } from './placeNspawnFile.ts';

const { l10n } = vscode;

const isThere = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
};

/** Nothing is written over a file that is there: whoever wants that one gone sees it first. */
const offerTheOther = async (target: string): Promise<void> => {
  const open = l10n.t('Open It');
  const sentence = l10n.t(
    '{0} is there already, and systemd reads it instead of this file. Nothing was moved.',
    plainText(target, 120),
  );
  if ((await showWarning(sentence, open)) !== open) return;
  await vscode.window.showTextDocument(vscode.Uri.file(target));
};

const ask = async (document: vscode.TextDocument, target: string): Promise<void> => {
  const move = l10n.t('Move');
  const question = l10n.t('Move {0} to {1}?', plainText(document.fileName, 120), plainText(dirname(target), 120));
  const detail = l10n.t(
    'Beside an image, systemd ignores settings that give the machine more rights. There, all of them count: move it only if you trust every line. Changes that are not saved are saved first, and a file that is there is never overwritten.',
  );
  const answer = await askModal('information', question, detail, move);
  if (answer !== move) throw cancelled();
};

/** The text that the user sees, and not what the file may have become meanwhile, is what will be trusted. */
const move = async (
  services: CommandServices,
  document: vscode.TextDocument,
  target: string,
  identity: string,
): Promise<void> => {
  const old = document.fileName;
  const text = document.getText();
  if (await mayWrite(dirname(old), dirname(target))) {
    await removeFrom(dirname(old), identity, basename(old), () => writeNspawnFile(target, text));
    return;
  }
  const title = l10n.t('Move {0}', plainText(basename(old), 80));
  const sentence = l10n.t('{0} is there already. Nothing was moved.', plainText(target, 120));
  const replaced = l10n.t('{0} is another directory than before. Nothing was moved.', plainText(dirname(old), 120));
  await withTextAsRoot(services, title, text, (source) => ({
    file: 'sh',
    args: ['-c', moveScript, 'sh', sentence, source, target, dirname(old), identity, basename(old), replaced],
  }));
};

/**
 * VS Code keeps a document that an extension has opened for minutes after its tab is closed, and the problems of a file that
 * is gone with it; one of no language has none.
 */
const close = async (document: vscode.TextDocument): Promise<void> => {
  const key = document.uri.toString();
  await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key),
  );
};

/** Moves a `.nspawn` file to where all of its settings count. */
export const moveNspawnFile: Handler = async (services, [given]) => {
  const document = await documentMeant(
    given,
    ({ uri, fileName }) => uri.scheme === 'file' && fileName.endsWith('.nspawn'),
    l10n.t('Open the .nspawn file that is to be moved.'),
  );
  const { directories } = offeredByAny(services.backends, ({ nspawnFiles }) => nspawnFiles);
  const [directory = '/etc/systemd/nspawn'] = directories;
  const target = join(directory, basename(document.fileName));
  if (target === document.fileName) {
    void showInformation(l10n.t('This file is there already: all of its settings count.'));
    return;
  }
  if (await isThere(target)) return offerTheOther(target);
  const identity = await seenDirectory(dirname(document.fileName));
  await ask(document, target);
  // VS Code has said by itself why it could not save.
  if (document.isDirty && !(await document.save())) throw cancelled();
  await move(services, document, target, identity);
  await close(document);
  services.view.make({ kind: 'nspawnFileMade', name: basename(target, '.nspawn') });
  await vscode.window.showTextDocument(vscode.Uri.file(target));
};
