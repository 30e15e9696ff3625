import * as vscode from 'vscode';
import { showInformation } from '../../notifications.ts';
import type { Handler } from '../handler.ts';
import { askForV2, documentToConvert, showV2 } from './showV2.ts';

const { l10n } = vscode;

const sentence = (lost: number): string => {
  if (lost === 0) return l10n.t('All of this file has its like in control groups v2. Nothing has been changed yet.');
  return lost === 1
    ? l10n.t(
        'One thing is not the same in control groups v2: a comment at its place says why. Nothing has been changed yet.',
      )
    : l10n.t(
        '{0} things are not the same in control groups v2: comments at their places say why. Nothing has been changed yet.',
        lost,
      );
};

/** The open file of libcgroup beside what it would be for control groups v2; a button takes it over. */
export const migrateCgconfigToV2: Handler = async (services, [given]) => {
  const document = await documentToConvert(given, ['cgconfig', 'cgrules']);
  const result = await askForV2(services, document);
  if (result.isSame) {
    void showInformation(l10n.t('This file is for control groups v2 already.'));
    return;
  }
  const uri = await showV2(services, document, result);
  const apply = l10n.t('Apply');
  const lost = result.notes.filter(({ level }) => level === 'warning').length;
  void showInformation(sentence(lost), apply).then((answer) => {
    if (answer === apply) void vscode.commands.executeCommand('nspawn.applyMigration', uri);
  });
};
