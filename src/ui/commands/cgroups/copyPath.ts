import * as vscode from 'vscode';
import { showDone } from '../../notifications.ts';
import { groupDirectory } from '../../../machines/cgroups/groupDirectory.ts';
import { plainText } from '../../plainText.ts';
import type { Handler } from '../handler.ts';
import { pickGroups } from './pickGroup.ts';

export const copyPath: Handler = async (services, args) => {
  const paths = (await pickGroups(services, args, vscode.l10n.t('Copy Path'))).map(groupDirectory);
  await vscode.env.clipboard.writeText(paths.join('\n'));
  showDone(
    paths.length === 1
      ? vscode.l10n.t('Copied: {0}', plainText(paths[0] ?? '', 60))
      : vscode.l10n.t('Copied: {0} lines', paths.length),
  );
};
