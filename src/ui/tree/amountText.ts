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

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** Bytes in IEC units with about three digits, as systemd writes them: `1.4 GiB`. */
export const byteSize = (bytes: number): string => {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  // 1,023.97 KiB would read 1024 KiB: that is the next unit.
  if (Math.round(value) === 1024 && power < units.length - 1) return `1.0 ${units[power + 1] ?? 'B'}`;
  const digits = power > 0 && Number(value.toFixed(1)) < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[power] ?? 'B'}`;
};
