import * as l10n from '@vscode/l10n';
import type { RlimitUnit } from '../../../schema/types.ts';
import type { Context } from '../../context.ts';
import { extractWords } from '../values/extractWord.ts';
import { parseLimit, unlimited } from '../values/parseLimit.ts';
import type { ValueHint } from './valueHints.ts';

const withUnit = (number: string, unit: RlimitUnit): string => {
  switch (unit) {
    case 'bytes':
      return l10n.t`${number} bytes`;
    case 'seconds':
      return `${number} s`;
    case 'microseconds':
      return `${number} µs`;
    case 'count':
    case 'nice':
      return number;
  }
};

/** What says by itself how much it is. */
const plain: Readonly<Record<RlimitUnit, RegExp>> = {
  bytes: /^(?:0|[1-9][0-9]*)B?$/u,
  count: /^(?:0|[1-9][0-9]*)$/u,
  seconds: /^(?:0|[1-9][0-9]*)(?: ?s| ?sec)?$/u,
  // A number alone is taken as microseconds, which nobody expects.
  microseconds: /^(?:0|[1-9][0-9]*) ?(?:us|usec|[\u03BC\u00B5]s)$/u,
  nice: /^$/u,
};

const tooltips: Readonly<Record<RlimitUnit, string>> = {
  bytes: l10n.t('K, M, G and so on count by 1024.'),
  count: l10n.t('The same number as it is mostly written.'),
  seconds: l10n.t('Parts of a second are rounded up.'),
  microseconds: l10n.t('A number without a unit counts as microseconds here.'),
  nice: l10n.t(
    'With a sign it is a nice value; without one it is what the kernel counts with, from 1 for 19 to 40 for -20.',
  ),
};

/** A limit as the number that the kernel gets, where it is written in another way. */
export const limitHint = (value: string, unit: RlimitUnit, context: Context): readonly ValueHint[] => {
  const { words } = extractWords(value, { separators: ':', emptyWords: true });
  const parts = words.map(({ text }) => {
    const read = parseLimit(text, unit, context);
    if (!('value' in read)) return { isPlain: true, shown: text };
    if (read.value === unlimited) return { isPlain: true, shown: 'infinity' };
    if (unit === 'nice' && !/^[+-]/u.test(text))
      return { isPlain: false, shown: l10n.t`nice ${String(20n - read.value)}` };
    return { isPlain: plain[unit].test(text), shown: read.value.toLocaleString('en') };
  });
  if (parts.every(({ isPlain }) => isPlain)) return [];
  const label = `= ${withUnit(parts.map(({ shown }) => shown).join(':'), unit)}`;
  return [{ after: value.length, label, tooltip: tooltips[unit] }];
};
