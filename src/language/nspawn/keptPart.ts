import type { ValueType } from '../../schema/types.ts';
import type { Entry } from '../document.ts';
import { extractWords, wordBlanks } from './values/extractWord.ts';
import { trailingBackslash, unbalancedQuote } from './values/wordRules.ts';
import type { ValueProblem } from './values/valueKind.ts';

/** Whether a parser that ignores part of such a value takes the rest of it. */
const isTakenInPart = ({ kind }: ValueType, systemdVersion: number): boolean =>
  ['capabilities', 'userNames', 'interfacePairs', 'syscallFilter', 'cpuSet', 'addressFamilies'].includes(kind) ||
  // Up to 253 the words in front of an open quote had been taken when it was seen.
  (kind === 'words' && systemdVersion < 254);

/** Where the word begins that a backslash at `at` leaves open: that word is not taken at all. */
const wordStart = (value: string, at: number): number => {
  let start = 0;
  for (let index = 0; index < at; index++) {
    const character = value.charAt(index);
    if (character === '\\') index++;
    else if (wordBlanks.includes(character)) start = index + 1;
  }
  return start;
};

/** Where the words end that stand in front of an open quote, which may begin in mid word. */
const endOfWords = (value: string): number =>
  extractWords(value, { unquote: true, retainEscape: true }).words.at(-1)?.end ?? 0;

/**
 * What systemd takes of an entry: the entry itself, or one with blanks where words are ignored, so that all else stays in
 * its place; undefined when nothing is left.
 */
export const keptPart = (
  entry: Entry,
  problems: readonly ValueProblem[],
  type: ValueType,
  systemdVersion: number,
): Entry | undefined => {
  const ignored = problems.filter(({ effect }) => effect === 'ignored');
  if (ignored.length === 0) return entry;
  if (!isTakenInPart(type, systemdVersion)) return undefined;
  // Capabilities count together, when the last word of the line was read.
  if (type.kind === 'capabilities' && problems.some(({ rule }) => rule === trailingBackslash.id)) return undefined;
  // Processors are added when all of the line was read.
  if (type.kind === 'cpuSet' && problems.some(({ rule }) => rule === unbalancedQuote.id)) return undefined;
  // Put together at the end: a new value for each of many words would take the square of the time.
  const kept: string[] = [];
  let behind = 0;
  for (const { rule, start, end } of ignored.toSorted((a, b) => a.start - b.start)) {
    const isOpenQuote = type.kind === 'words' && rule === unbalancedQuote.id;
    const from = isOpenQuote
      ? endOfWords(entry.value)
      : rule === trailingBackslash.id
        ? wordStart(entry.value, start)
        : start;
    if (end <= behind) continue;
    const first = Math.max(from, behind);
    kept.push(entry.value.slice(behind, first), ' '.repeat(end - first));
    behind = end;
  }
  const value = kept.join('') + entry.value.slice(behind);
  return value.trim() === '' ? undefined : { ...entry, value };
};
