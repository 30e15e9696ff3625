import { plainText } from '../plainText.ts';
import { contextValue, type ViewItemFlag } from './contextValue.ts';
import { groupSubject, kindOfGroup, stoppedGroup } from './groups.ts';
import type { L10n, Row } from './row.ts';

const labelOf = (group: string, l10n: L10n): string => {
  if (group === stoppedGroup) return l10n.t('Stopped');
  const subject = groupSubject(group);
  if (subject === undefined) return l10n.t('Running');
  return subject === '' ? l10n.t('Not known') : plainText(subject, 80);
};

/** What its menu may hold: a group of a kind holds what runs and what is stopped. */
const flagsOf = (group: string): readonly ViewItemFlag<'group'>[] =>
  kindOfGroup(group) === undefined ? [group === stoppedGroup ? 'stopped' : 'running'] : [];

/** The count stands in the description, so that a row more or less leaves the label and the id as they are. @param kind what the kind is called whose rows it holds */
export const rowGroupRow = (group: string, count: number, l10n: L10n, kind?: string): Row => {
  const label = kind ?? labelOf(group, l10n);
  return {
    label,
    description: String(count),
    icon: undefined,
    accessible: l10n.t('{0}, {1} machines', label, count),
    contextValue: contextValue('group', flagsOf(group)),
    // Also when empty: VS Code would leave a group closed that had nothing to open when it was first drawn.
    collapsible: 'expanded',
    command: undefined,
    tooltip: label,
  };
};
