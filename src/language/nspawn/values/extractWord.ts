import type { Span } from '../../document.ts';

/** How a directive's parser takes words apart: the flags of systemd's extract_first_word() (basic/extract-word.c). */
export interface WordFlags {
  /** Blanks and tabs unless told. */
  readonly separators?: string;
  /** Single and double quotes group, also in mid word, and vanish; else they are ordinary characters. */
  readonly unquote?: true;
  /** A backslash is an ordinary character; else it vanishes and takes any meaning from the character behind it. */
  readonly retainEscape?: true;
  /** Every separator ends a word, so that words may be empty (EXTRACT_DONT_COALESCE_SEPARATORS). */
  readonly emptyWords?: true;
}

/** `start` to `end` is what stands in the value, with its quotes and backslashes. */
export interface Word extends Span {
  /** What systemd takes it for. */
  readonly text: string;
}

/** Where taking apart stops for good: an open quote, which `start` shows, or a backslash with nothing behind it. */
export interface WordFailure extends Span {
  readonly reason: 'quote' | 'backslash';
}

interface FirstWord {
  /** Neither with a failure nor at the end. */
  readonly word?: Word;
  readonly failure?: WordFailure;
  /** Where the next word is looked for; undefined when there is none. With `emptyWords` one may begin at the very end. */
  readonly next?: number;
}

/** The blanks of systemd's WHITESPACE. */
export const wordBlanks = ' \t\n\r';

const backslash = 92;
const doubleQuote = 34;
const singleQuote = 39;

const isOneOf = (characters: string, code: number): boolean => {
  for (let at = 0; at < characters.length; at++) if (characters.charCodeAt(at) === code) return true;
  return false;
};

/** The word that begins at `from` or behind the separators there. */
export const extractFirstWord = (value: string, from: number, flags: WordFlags): FirstWord => {
  const { separators = wordBlanks, unquote, retainEscape, emptyWords } = flags;
  const { length } = value;
  let at = from;
  if (!emptyWords) {
    while (at < length && isOneOf(separators, value.charCodeAt(at))) at++;
    if (at >= length) return {};
  }
  const start = at;
  let text = '';
  let copied = at;
  let quoteAt = -1;
  let quote = 0;
  for (; at < length; at++) {
    const code = value.charCodeAt(at);
    if (code === backslash && !retainEscape) {
      if (at + 1 >= length) return { failure: { reason: 'backslash', start: at, end: length } };
      text += value.slice(copied, at);
      at++;
      copied = at;
    } else if (quote !== 0) {
      if (code !== quote) continue;
      text += value.slice(copied, at);
      copied = at + 1;
      quote = 0;
    } else if (unquote && (code === doubleQuote || code === singleQuote)) {
      text += value.slice(copied, at);
      copied = at + 1;
      quoteAt = at;
      quote = code;
    } else if (isOneOf(separators, code)) break;
  }
  if (quote !== 0) return { failure: { reason: 'quote', start: quoteAt, end: length } };
  const word: Word = { start, end: at, text: text + value.slice(copied, at) };
  if (at >= length) return { word };
  at++;
  if (!emptyWords) {
    while (at < length && isOneOf(separators, value.charCodeAt(at))) at++;
    if (at >= length) return { word };
  }
  return { word, next: at };
};

export interface Words {
  /** Those before a failure, if there is one: some parsers take them all the same. */
  readonly words: readonly Word[];
  readonly failure?: WordFailure;
  /** What is left behind `most` words; undefined when nothing is. */
  readonly rest?: number;
}

/** All words, or the first `most`. Without `emptyWords` an empty value has none; with it, it has an empty one. */
export const extractWords = (value: string, flags: WordFlags, most = Infinity): Words => {
  const words: Word[] = [];
  let from: number | undefined = 0;
  while (from !== undefined && words.length < most) {
    const { word, failure, next }: FirstWord = extractFirstWord(value, from, flags);
    if (failure !== undefined) return { words, failure };
    if (word !== undefined) words.push(word);
    from = next;
  }
  return from === undefined ? { words } : { words, rest: from };
};

/** As gperf compares, which takes ASCII letters of both cases for the same, and no others. */
export const asciiUpperCase = (word: string): string => (/[^ -~]/u.test(word) ? word : word.toUpperCase());

/** The word that the cursor stands in or at the end of; empty between two separators. */
export const wordAt = (value: string, offset: number, separators: string = wordBlanks): Span => {
  let start = Math.min(offset, value.length);
  let end = start;
  while (start > 0 && !separators.includes(value.charAt(start - 1))) start--;
  while (end < value.length && !separators.includes(value.charAt(end))) end++;
  return { start, end };
};

/** The word that a place touches, and which one it is. */
export const parsedWordAt = (
  value: string,
  offset: number,
  flags: WordFlags,
): (Word & { readonly index: number }) | undefined => {
  const { words } = extractWords(value, flags);
  // Where two touch, such as at a colon, the one that begins there is meant.
  const index = words.findLastIndex(({ start, end }) => start <= offset && offset <= end);
  const word = words[index];
  return word && { ...word, index };
};
