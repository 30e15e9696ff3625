import * as l10n from '@vscode/l10n';
import { valueSets } from '../../../schema/valueSets.ts';
import type { RlimitUnit } from '../../../schema/types.ts';
import type { Context } from '../../context.ts';
import type { Span } from '../../document.ts';
import type { Word } from './extractWord.ts';
import { parseLimit } from './parseLimit.ts';
import { parseSize } from './parseSize.ts';
import { replaceFix, type ValueFix } from './ruleProblem.ts';
import type { Suggestion } from '../../vocabulary.ts';

const forms: Readonly<Record<RlimitUnit, string>> = {
  bytes: l10n.t('bytes, with `K`, `M`, `G`, `T`, `P` or `E` behind the number for powers of 1024, or `infinity`'),
  count: l10n.t('a whole number without a suffix, or `infinity`'),
  seconds: l10n.t('seconds or a time such as `5min`, or `infinity`'),
  microseconds: l10n.t('microseconds or a time such as `100ms`, or `infinity`'),
  nice: l10n.t('a nice value with its sign from `-20` to `+19`, or a number from `0` to `40`'),
};

/** What one side of a limit looks like. */
export const limitForm = (unit: RlimitUnit): string => forms[unit];

const endless = /^(?:inf|infinite|infinity|unlimited|max|none|-1)$/iu;

/** What was probably meant, in the words that systemd takes. */
const meant = ({ text }: Word, unit: RlimitUnit): string | undefined => {
  if (endless.test(text) && unit !== 'nice') return 'infinity';
  if (unit === 'bytes' || unit === 'count') {
    const [, digits = '', letter = ''] = /^([0-9]+(?:\.[0-9]+)?)\s*([KMGTPE]?)(?:i?B(?:ytes?)?|i)?$/iu.exec(text) ?? [];
    if (digits === '' || digits === '0' || (unit === 'count' && letter === '' && digits.includes('.')))
      return undefined;
    const size = `${digits}${letter.toUpperCase()}`;
    if (unit === 'bytes') return size;
    const count = parseSize(size);
    return 'value' in count ? count.value.toString() : undefined;
  }
  return unit === 'nice' ? undefined : text.toLowerCase().replaceAll(/[\s_]/gu, '');
};

/** Offers what was probably meant, where that would be taken. */
export const fixesForLimit = (word: Word, unit: RlimitUnit, context: Context): readonly ValueFix[] => {
  const text = word.text.length > 64 ? undefined : meant(word, unit);
  if (text === undefined || text === word.text || !('value' in parseLimit(text, unit, context))) return [];
  // What -1 means differs from tool to tool.
  return [replaceFix(l10n.t`Write ${text}`, word, text, word.text === '-1' ? undefined : true)];
};

const timeUnits: readonly (readonly [name: string, detail: string])[] = [
  ['us', l10n.t('microseconds')],
  ['ms', l10n.t('milliseconds')],
  ['s', l10n.t('seconds')],
  ['min', l10n.t('minutes')],
  ['h', l10n.t('hours')],
  ['d', l10n.t('days')],
];

const unitsFor = (unit: RlimitUnit): readonly (readonly [name: string, detail: string])[] => {
  if (unit === 'bytes')
    return valueSets.sizeUnits
      .filter((name) => name !== 'B')
      .map((name, at) => [name, at === 0 ? l10n.t('1024 bytes') : `1024 ${valueSets.sizeUnits[at] ?? ''}`]);
  return unit === 'seconds' || unit === 'microseconds' ? timeUnits : [];
};

/** The unit behind a number, or `infinity`. `part` is the side of the limit that the cursor stands in. */
export const limitSuggestions = (
  value: string,
  part: Span,
  offset: number,
  unit: RlimitUnit,
): readonly Suggestion[] => {
  const typed = value.slice(part.start, offset);
  const number = /[0-9](?:\.[0-9]+)?\s*[A-Za-z]*$/u.exec(typed);
  if (number !== null) {
    const letters = /[A-Za-z]*$/u.exec(typed)?.[0].length ?? 0;
    const start = offset - letters;
    const end = offset + (/^[A-Za-z]*/u.exec(value.slice(offset, part.end))?.[0].length ?? 0);
    return unitsFor(unit).map(([text, detail]) => ({ text, detail, start, end }));
  }
  return unit === 'nice' ? [] : [{ text: 'infinity', detail: l10n.t('no limit'), ...part }];
};
