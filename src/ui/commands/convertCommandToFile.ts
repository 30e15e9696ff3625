import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { checkMachineName } from '../../machines/names.ts';
import { offeredByAny } from '../../machines/backend.ts';
import { describeNameProblem } from '../problemWords.ts';
import type { ConvertedCommand, RunningClient } from '../languageClient.ts';
import { askLine } from '../questions.ts';
import { showInformation, showWarning } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { answered } from './answers.ts';
import { createNspawnFile } from './createNspawnFile.ts';
import type { CommandServices, Handler } from './handler.ts';

/**
 * A command that was pasted into a box of one line, where line ends have become blanks: the backslashes that continued the
 * lines would now quote those blanks.
 */
export const commandInLine = (text: string): string => text.replace(/(?<=^|\s)\\\s+/gu, '').replace(/\s+$/u, '');

const { l10n } = vscode;

type Convert = (text: string) => Promise<ConvertedCommand | undefined>;

/** What has just been copied is most likely what is meant, but only if it says so. */
const copiedCommand = async (convert: Convert): Promise<string> => {
  const text = commandInLine(await vscode.env.clipboard.readText());
  return /systemd-?n/u.test(text) && text.length < 4000 && (await convert(text)) !== undefined ? text : '';
};

/** What is no such command stays in the line, to be mended there. */
const askForCommand = async (convert: Convert, value: string): Promise<string> => {
  const line = await askLine({
    title: l10n.t('Convert a Command to a .nspawn File'),
    prompt: l10n.t('Paste a systemd-nspawn command. It is only read, never run.'),
    placeHolder: 'systemd-nspawn --boot --machine=web',
    value,
    ignoreFocusOut: true,
    validateInput: async (text) => {
      if (text === '' || (await convert(commandInLine(text))) !== undefined) return undefined;
      return l10n.t('There is no systemd-nspawn command in this text.');
    },
  });
  return commandInLine(answered(line));
};

const askForConverted = async (convert: Convert, value: string): Promise<ConvertedCommand> =>
  answered(await convert(await askForCommand(convert, value)));

const askMachine = async (): Promise<string> =>
  answered(
    await askLine({
      title: l10n.t('Save the .nspawn File'),
      prompt: l10n.t('The name of the machine that the file is for'),
      validateInput: (name) => {
        const problem = checkMachineName(name);
        return problem === undefined ? undefined : describeNameProblem(problem, l10n);
      },
    }),
  );

const isThere = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
};

const pathFor = ({ backends }: CommandServices, machine: string): string => {
  const { directories } = offeredByAny(backends, ({ nspawnFiles }) => nspawnFiles);
  return join(directories[0] ?? '/etc/systemd/nspawn', `${machine}.nspawn`);
};

/** Saves the text where systemd looks first, and shows that file in place of the new text. */
const saveThere = async (
  services: CommandServices,
  document: vscode.TextDocument,
  named: string | undefined,
): Promise<void> => {
  const machine = named ?? (await askMachine());
  const path = pathFor(services, machine);
  if (await isThere(path)) {
    const open = l10n.t('Open It');
    const sentence = l10n.t('{0} is there already. Nothing was saved.', plainText(path, 120));
    if ((await showWarning(sentence, open)) === open) await vscode.window.showTextDocument(vscode.Uri.file(path));
    return;
  }
  const saved = await createNspawnFile(services, machine, document.getText());
  if (!document.isClosed) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.window.showTextDocument(vscode.Uri.file(saved));
};

const offerToSave = async (
  services: CommandServices,
  document: vscode.TextDocument,
  { machine, imageIsElsewhere }: ConvertedCommand,
): Promise<void> => {
  const path = plainText(pathFor(services, machine ?? 'NAME'), 100);
  const sentences = [
    l10n.t('Save this as {0}.', path),
    ...(imageIsElsewhere === true
      ? [l10n.t('machinectl start does not find the image where it is: the comments at the top say what to do.')]
      : []),
  ];
  // What comes out of a folder that is not trusted is not put where root reads it.
  const save = l10n.t('Save There');
  const buttons = vscode.workspace.isTrusted ? [save] : [];
  if ((await showInformation(sentences.join(' '), ...buttons)) === save) await saveThere(services, document, machine);
};

/** A selected or pasted `systemd-nspawn …` command as a new `.nspawn` file, which is saved on a click. */
export const convertCommandToFile: Handler = async (services) => {
  const editor = vscode.window.activeTextEditor;
  const at = editor?.document.uri ?? vscode.Uri.parse('untitled:command');
  const client: RunningClient = await services.language.running();
  const convert: Convert = (text) => client.settingsFromCommand(text, at);
  const selected = editor?.document.getText(editor.selection) ?? '';
  const converted =
    selected === ''
      ? await askForConverted(convert, await copiedCommand(convert))
      : ((await convert(selected)) ?? (await askForConverted(convert, commandInLine(selected))));
  const document = await vscode.workspace.openTextDocument({ language: 'nspawn', content: converted.text });
  await vscode.window.showTextDocument(document);
  await offerToSave(services, document, converted);
};
