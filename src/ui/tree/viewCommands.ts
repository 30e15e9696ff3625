import * as vscode from 'vscode';
import { askLineByLetter, pickOne } from '../questions.ts';
import { showProgress } from '../notifications.ts';
import type { Handler } from '../commands/handler.ts';
import { type Grouping, groupings, type Sorting, sortings } from '../settingDefaults.ts';
import { readSettings, writeSetting } from '../settings.ts';

const groupingText = (grouping: Grouping): string => {
  switch (grouping) {
    case 'state':
      return vscode.l10n.t('Running and stopped');
    case 'os':
      return vscode.l10n.t('Operating system');
    case 'slice':
      return vscode.l10n.t('Slice');
    case 'kind':
      return vscode.l10n.t('Kind of machine');
    case 'none':
      return vscode.l10n.t('No groups');
  }
};

const sortingText = (sorting: Sorting): string => {
  switch (sorting) {
    case 'name':
      return vscode.l10n.t('Name');
    case 'age':
      return vscode.l10n.t('Newest first');
    case 'size':
      return vscode.l10n.t('Largest first');
    case 'modified':
      return vscode.l10n.t('Last modified first');
  }
};

interface WordItem<Word extends string> extends vscode.QuickPickItem {
  readonly word: Word;
}

const pickWord = async <Word extends string>(
  title: string,
  words: readonly Word[],
  current: Word,
  text: (word: Word) => string,
): Promise<Word | undefined> => {
  const items = words.map((word): WordItem<Word> => ({
    label: text(word),
    word,
    ...(word === current ? { description: vscode.l10n.t('now') } : {}),
  }));
  return (await pickOne(items, { title }))?.word;
};

const group: Handler = async () => {
  const word = await pickWord(vscode.l10n.t('Group by'), groupings, readSettings().groupBy, groupingText);
  if (word !== undefined) await writeSetting('groupBy', word);
};

const sort: Handler = async () => {
  const word = await pickWord(vscode.l10n.t('Sort by'), sortings, readSettings().sortBy, sortingText);
  if (word !== undefined) await writeSetting('sortBy', word);
};

/** The rows follow each letter; Enter keeps the filter as a setting, Escape brings the old one back. */
const setFilter: Handler = async ({ view }) => {
  const question = {
    title: vscode.l10n.t('Filter machines and images'),
    placeHolder: vscode.l10n.t('Words that the name holds; empty shows all'),
    value: readSettings().filter,
  };
  try {
    const text = await askLineByLetter(question, (value) => view.make({ kind: 'previewFilter', filter: value }));
    if (text !== undefined) await writeSetting('filter', text.trim());
  } finally {
    view.make({ kind: 'previewFilter', filter: undefined });
  }
};

const clearFilter: Handler = async () => {
  await writeSetting('filter', '');
};

const setRunningOnly =
  (only: boolean): Handler =>
  () =>
    writeSetting('showRunningOnly', only);

const refresh: Handler = async ({ inventory, view }) => {
  await showProgress({ location: { viewId: 'nspawn.machines' } }, () => inventory.refresh());
  view.make({ kind: 'askAnew' });
};

const hideTrustHole: Handler = ({ view }) => {
  view.make({ kind: 'trustHoleRead' });
  return Promise.resolve();
};

/** The buttons of the view itself. */
export const viewCommands = {
  'nspawn.setFilter': setFilter,
  'nspawn.clearFilter': clearFilter,
  'nspawn.sort': sort,
  'nspawn.group': group,
  'nspawn.showRunningOnly': setRunningOnly(true),
  'nspawn.showStopped': setRunningOnly(false),
  'nspawn.refresh': refresh,
  'nspawn.hideTrustHole': hideTrustHole,
} as const satisfies Record<string, Handler>;
