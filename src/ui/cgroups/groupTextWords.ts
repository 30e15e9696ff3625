import type * as vscode from 'vscode';
import type { PlanWords } from '../../machines/cgroups/operate/groupText.ts';
import { plainText } from '../plainText.ts';

/** The comments in a cgconfig.conf that is written from the groups of this host. */
export const groupTextWords = (l10n: Pick<typeof vscode.l10n, 't'>): PlanWords => ({
  unwritable: (parameter) =>
    l10n.t('{0} is left out, because this file cannot hold its value.', plainText(parameter, 200)),
  takenOnce: (line) => l10n.t('libcgroup takes a parameter once, so this is left out: {0}', plainText(line, 300)),
  unnamed: l10n.t('A group is left out, because this file cannot hold its name.'),
  notMounted: l10n.t('No hierarchy of this host has this controller.'),
  noSuchParameter: l10n.t('This parameter cannot be read in this group.'),
});
