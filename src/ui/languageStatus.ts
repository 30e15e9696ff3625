import * as vscode from 'vscode';
import type { Situation } from './languageClient.ts';
import { createLanguageItem } from './languageItem.ts';
import { targetText } from './targetText.ts';

/** The languages that the server knows. */
export const ourLanguages: readonly string[] = [
  'nspawn',
  'cgconfig',
  'cgrules',
  'lxc',
  'lxcsystem',
  'lxcusernet',
  'lxcnet',
];

/** Files and unsaved texts; not the old versions of a file that a comparison shows. */
export const ourSchemes: readonly string[] = ['file', 'untitled'];

export const isOurLanguage = ({ languageId, uri }: Pick<vscode.TextDocument, 'languageId' | 'uri'>): boolean =>
  ourLanguages.includes(languageId) && ourSchemes.includes(uri.scheme);

interface LanguageStatus {
  readonly dispose: () => void;
  readonly update: () => void;
}

/** Says beside the language of the open `.nspawn` file for which systemd it is judged, and leads to the setting. */
export const createLanguageStatus = (
  situationOf: (uri: vscode.Uri) => Promise<Situation | undefined>,
): LanguageStatus => {
  const item = createLanguageItem('nspawn.systemdVersion', {
    name: vscode.l10n.t('Version of systemd'),
    text: vscode.l10n.t('systemd'),
    command: {
      command: 'workbench.action.openSettings',
      title: vscode.l10n.t('Change'),
      arguments: ['nspawn.systemdVersion'],
    },
  });

  const show = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isOurLanguage(document)) return;
    const situation = await situationOf(document.uri);
    if (situation === undefined || vscode.window.activeTextEditor?.document !== document) return;
    item.show(targetText(situation, vscode.l10n));
  };
  // While the server starts anew nothing is known, and the next change asks again.
  const update = (): void => void show().catch(() => undefined);

  const subscriptions = vscode.Disposable.from(item, vscode.window.onDidChangeActiveTextEditor(update));
  return { update, dispose: () => void subscriptions.dispose() };
};
