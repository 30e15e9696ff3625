import * as vscode from 'vscode';
import type { MigratedFiles, Refused } from '../../../protocol/migration.ts';
import type { RunningClient } from '../../languageClient.ts';
import { showInformation } from '../../notifications.ts';
import { cancelled } from '../answers.ts';
import type { Handler } from '../handler.ts';
import { documentToConvert, sayRefusal } from './showV2.ts';

const { l10n } = vscode;

const sentence = (files: number, lost: number): string =>
  lost === 0
    ? l10n.t('Files for systemd: {0}. Nothing has been written yet.', files)
    : l10n.t(
        'Files for systemd: {0}. What is not the same: {1}; the top of the text says what. Nothing has been written yet.',
        files,
        lost,
      );

const sentenceOfMachine = (files: number, lost: number): string =>
  lost === 0
    ? l10n.t('Converted files: {0}. Nothing has been written yet.', files)
    : l10n.t(
        'Converted files: {0}. What is not the same: {1}; the top of the text says what. Nothing has been written yet.',
        files,
        lost,
      );

type Ask = (client: RunningClient, uri: vscode.Uri) => Promise<MigratedFiles | Refused | undefined>;

/** The files and commands that do what the open file does, beside it; a button writes the files. */
const migrateTo =
  (language: string, ask: Ask): Handler =>
  async (services, [given]) => {
    const document = await documentToConvert(given, [language]);
    const client = await services.language.running();
    const result = await ask(client, document.uri);
    if (result === undefined) throw cancelled();
    if (result.kind === 'refused') return sayRefusal(document, result);
    await vscode.window.showTextDocument(document, { preserveFocus: true });
    const uri = services.migrations.keep({ source: document.uri, from: document.getText(), result });
    const shown = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(shown, 'ini');
    await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    if (result.files.length === 0) return;
    const write = l10n.t('Write These Files…');
    const lost = [...result.notes, ...result.otherNotes].filter(({ level }) => level === 'warning').length;
    const say = result.kind === 'systemd' ? sentence : sentenceOfMachine;
    void showInformation(say(result.files.length, lost), write).then((answer) => {
      if (answer === write) void vscode.commands.executeCommand('nspawn.writeMigratedUnits', uri);
    });
  };

/** Groups of libcgroup as units. */
export const migrateCgconfigToSystemd = migrateTo('cgconfig', (client, uri) => client.migrateToSystemd(uri));

/** A container of LXC as a machine of systemd-nspawn. */
export const migrateLxcToNspawn = migrateTo('lxc', (client, uri) => client.migrateToNspawn(uri));

/** A machine of systemd-nspawn as a container of LXC. */
export const migrateNspawnToLxc = migrateTo('nspawn', (client, uri) => client.migrateToLxc(uri));
