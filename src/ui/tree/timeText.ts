import type { L10n } from './row.ts';
import { runningTime } from './runningTime.ts';

/** How long something runs, for a row: `3 h`. */
export const runningText = (since: number, now: number, l10n: L10n): string => {
  const { unit, count } = runningTime(since, now);
  switch (unit) {
    case 'moment':
      return l10n.t('< 1 min');
    case 'minutes':
      return l10n.t('{0} min', count);
    case 'hours':
      return l10n.t('{0} h', count);
    case 'days':
      return l10n.t('{0} d', count);
  }
};

/** The same in words, for a screen reader. */
export const runningWords = (since: number, now: number, l10n: L10n): string => {
  const { unit, count } = runningTime(since, now);
  switch (unit) {
    case 'moment':
      return l10n.t('running for less than a minute');
    case 'minutes':
      return count === 1 ? l10n.t('running for 1 minute') : l10n.t('running for {0} minutes', count);
    case 'hours':
      return count === 1 ? l10n.t('running for 1 hour') : l10n.t('running for {0} hours', count);
    case 'days':
      return l10n.t('running for {0} days', count);
  }
};

/** A date and time as the user's language writes them. */
export const momentText = (ms: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
