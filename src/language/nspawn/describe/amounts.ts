import * as l10n from '@vscode/l10n';
import type { RlimitUnit, ValueType } from '../../../schema/types.ts';
import { codeSpan } from '../../markdown.ts';
import { extractWords, parsedWordAt, wordBlanks } from '../values/extractWord.ts';
import { parseLimit, unlimited } from '../values/parseLimit.ts';
import type { ValueContext } from '../values/valueKind.ts';
import type { Description } from '../describeValue.ts';

const count = (number: bigint | number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 || number === 1n ? one : many}`;

const sizes = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** In the largest unit that gives a number of at least one, with at most two decimals. */
const readableBytes = (bytes: bigint): string => {
  let power = 0;
  while (power < sizes.length && bytes >= 1024n ** BigInt(power + 1)) power++;
  if (power === 0) return count(bytes, 'byte');
  const hundredths = (bytes * 100n) / 1024n ** BigInt(power);
  const exact = hundredths * 1024n ** BigInt(power) === bytes * 100n;
  return `${exact ? '' : l10n.t('about ')}${Number(hundredths) / 100} ${sizes[power - 1] ?? ''}, ${count(bytes, 'byte')}`;
};

const times: readonly (readonly [bigint, string])[] = [
  [31_557_600_000_000n, 'year'],
  [86_400_000_000n, 'day'],
  [3_600_000_000n, 'hour'],
  [60_000_000n, 'minute'],
  [1_000_000n, 'second'],
  [1_000n, 'millisecond'],
  [1n, 'microsecond'],
];

/** In words, such as `1 hour 30 minutes`. */
const readableTime = (microseconds: bigint): string => {
  if (microseconds === 0n) return l10n.t('0 seconds');
  const parts: string[] = [];
  let rest = microseconds;
  for (const [size, name] of times) {
    if (rest >= size) parts.push(count(rest / size, name));
    rest %= size;
  }
  return parts.join(' ');
};

const readable = (limit: bigint, unit: RlimitUnit): string => {
  if (limit === unlimited) return l10n.t('no limit');
  switch (unit) {
    case 'bytes':
      return readableBytes(limit);
    case 'seconds':
      return readableTime(limit * 1_000_000n);
    case 'microseconds':
      return readableTime(limit);
    case 'nice':
      return limit === 0n
        ? l10n.t('not even the nice value 19')
        : l10n.t`down to the nice value ${String(20n - limit)}`;
    case 'count':
      return limit.toLocaleString('en');
  }
};

/** `LIMIT`, or one side of `SOFT:HARD`. */
export const describeLimit = (
  value: string,
  offset: number,
  { unit }: Extract<ValueType, { readonly kind: 'rlimit' }>,
  { context }: ValueContext,
): Description | undefined => {
  const flags = { separators: ':', emptyWords: true } as const;
  const word = parsedWordAt(value, offset, flags);
  if (word === undefined) return undefined;
  const read = parseLimit(word.text, unit, context);
  if (!('value' in read)) return undefined;
  const single = extractWords(value, flags).words.length === 1;
  const side = single ? l10n.t('Soft and hard limit') : word.index === 0 ? l10n.t('Soft limit') : l10n.t('Hard limit');
  return { start: word.start, end: word.end, markdown: `${side}: ${readable(read.value, unit)}.` };
};

/** One range of a list. */
export const describeCpus = (value: string, offset: number): Description | undefined => {
  const word = parsedWordAt(value, offset, { separators: `${wordBlanks},`, unquote: true });
  const range = /^(\d{1,4})(?:-(\d{1,4}))?$/u.exec(word?.text ?? '');
  if (word === undefined || range === null) return undefined;
  const first = Number(range[1]);
  const last = Number(range[2] ?? first);
  if (last < first) return undefined;
  const markdown =
    last === first
      ? l10n.t`CPU ${first}; the first one is 0.`
      : l10n.t`${count(last - first + 1, 'CPU')}, from number ${first} to ${last}; the first one is 0.`;
  return { start: word.start, end: word.end, markdown };
};

const scoreMeanings: readonly (readonly [number, string])[] = [
  [-1_000, l10n.t('the kernel never kills these processes when memory runs out')],
  [0, l10n.t('neither earlier nor later than others')],
  [1_000, l10n.t('the kernel kills these processes first when memory runs out')],
];

/** OOMScoreAdjust= */
export const describeScore = (value: string): Description | undefined => {
  const meaning = scoreMeanings.find(([score]) => `${score}` === value)?.[1];
  return meaning === undefined
    ? undefined
    : { start: 0, end: value.length, markdown: `${codeSpan(value)}: ${meaning}.` };
};
