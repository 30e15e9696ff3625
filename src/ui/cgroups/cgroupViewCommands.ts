import * as vscode from 'vscode';
import { askLine, pickOne } from '../questions.ts';
import type { Handler } from '../commands/handler.ts';
import { type CgroupSorting, cgroupSortings } from '../settingDefaults.ts';
import { readSettings, writeSetting } from '../settings.ts';

const sortingText = (sorting: CgroupSorting): string => {
  switch (sorting) {
    case 'name':
      return vscode.l10n.t('Name');
    case 'memory':
      return vscode.l10n.t('Most memory first');
    case 'cpu':
      return vscode.l10n.t('Most CPU first');
  }
};

const sort: Handler = async () => {
  const current = readSettings()['cgroups.sortBy'];
  const items = cgroupSortings.map((sorting) => ({
    label: sortingText(sorting),
    sorting,
    ...(sorting === current ? { description: vscode.l10n.t('now') } : {}),
  }));
  const picked = await pickOne(items, { title: vscode.l10n.t('Sort by') });
  if (picked !== undefined) await writeSetting('cgroups.sortBy', picked.sorting);
};

const setFilter: Handler = async ({ view }) => {
  const words = await askLine({
    title: vscode.l10n.t('Filter control groups'),
    placeHolder: vscode.l10n.t('Words that the name of a group holds; empty shows all'),
  });
  if (words !== undefined) view.make({ kind: 'filterGroups', filter: words.trim() });
};

const clearFilter: Handler = async ({ view }) => {
  view.make({ kind: 'filterGroups', filter: '' });
  await Promise.resolve();
};

const refresh: Handler = async ({ view }) => {
  view.make({ kind: 'groupsTouched' });
  await Promise.resolve();
};

const setShowEmpty =
  (shown: boolean): Handler =>
  () =>
    writeSetting('cgroups.showEmpty', shown);

/** The buttons of the view of control groups. */
export const cgroupViewCommands = {
  'nspawn.cgroups.refresh': refresh,
  'nspawn.cgroups.setFilter': setFilter,
  'nspawn.cgroups.clearFilter': clearFilter,
  'nspawn.cgroups.sort': sort,
  'nspawn.cgroups.showEmpty': setShowEmpty(true),
  'nspawn.cgroups.hideEmpty': setShowEmpty(false),
} as const satisfies Record<string, Handler>;
