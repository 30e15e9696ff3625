import type { ValueType } from '../../../schema/types.ts';
import { extractWords, wordBlanks } from '../values/extractWord.ts';
import type { WordFlags } from '../values/extractWord.ts';

/** The kinds whose values are lists, so that a second assignment adds to the first. */
const flagsOf: Readonly<Partial<Record<ValueType['kind'], WordFlags>>> = {
  words: { unquote: true, retainEscape: true },
  environment: { unquote: true, retainEscape: true },
  capabilities: {},
  syscallFilter: {},
  userNames: {},
  interfacePairs: {},
  cpuSet: { unquote: true, separators: `${wordBlanks},` },
  addressFamilies: { unquote: true },
};

export interface ListWords {
  /** What stands before the first word and holds for all of them: `~`, or nothing. */
  readonly sign: '~' | '';
  /** As they are written, with their quotes. */
  readonly words: readonly string[];
}

/**
 * The words of a list; undefined for what is no list, for one that cannot be taken apart, and for one with a word that
 * would mean something else at the end of a line or as the only one.
 */
export const listWords = (type: ValueType, value: string): ListWords | undefined => {
  const flags = flagsOf[type.kind];
  if (flags === undefined) return undefined;
  const sign = (type.kind === 'syscallFilter' || type.kind === 'addressFamilies') && value.startsWith('~') ? '~' : '';
  const list = value.slice(sign.length);
  const { words, failure } = extractWords(list, flags);
  if (failure !== undefined) return undefined;
  const written = words.map(({ start, end }) => list.slice(start, end));
  if (written.some((word) => word.endsWith('\\'))) return undefined;
  if (type.kind === 'addressFamilies' && value === 'none') return undefined;
  return { sign, words: written };
};
