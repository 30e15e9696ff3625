import * as vscode from 'vscode';
import { askLine } from '../questions.ts';
import { showInformation } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { answered, cancelled } from './cancelled.ts';
import type { Handler } from './handler.ts';
import { commandInLine } from './commandInLine.ts';

const { l10n } = vscode;

/** What has just been copied is most likely what is meant, but only if it says so. */
const copiedCommand = async (): Promise<string> => {
  const text = commandInLine(await vscode.env.clipboard.readText());
  return text.includes('systemd-nspawn') && text.length < 4000 ? text : '';
};

const askForCommand = async (): Promise<string> => {
  const line = await askLine({
    title: l10n.t('Convert a Command to a .nspawn File'),
    prompt: l10n.t('Paste a systemd-nspawn command. It is only read, never run.'),
    placeHolder: 'systemd-nspawn --boot --machine=web',
    value: await copiedCommand(),
    ignoreFocusOut: true,
  });
  return commandInLine(answered(line));
};

/** A selected or pasted `systemd-nspawn …` command as a new `.nspawn` file, which is not saved. */
export const convertCommandToFile: Handler = async ({ language }) => {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  const text = selected === '' ? await askForCommand() : selected;
  const client = await language.running();
  const converted = await client.settingsFromCommand(
    text,
    editor?.document.uri ?? vscode.Uri.parse('untitled:command'),
  );
  if (converted === undefined) {
    void showInformation(l10n.t('There is no systemd-nspawn command in this text.'));
    throw cancelled();
  }
  const document = await vscode.workspace.openTextDocument({ language: 'nspawn', content: converted.text });
  await vscode.window.showTextDocument(document);
  const path = plainText(`/etc/systemd/nspawn/${converted.machine ?? 'NAME'}.nspawn`, 100);
  void showInformation(l10n.t('Save this as {0}.', path));
};
