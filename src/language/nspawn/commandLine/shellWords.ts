import type { Span } from '../../document.ts';

/** A word of a shell command: what the program would be given, as far as it can be told without running the shell. */
export interface ShellWord extends Span {
  readonly text: string;
  /** It holds a `$`, a backtick or a pattern that the shell would have replaced; it stands in `text` as it was written. */
  readonly expands: boolean;
}

export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** The quote that is never closed. */
  readonly openQuote?: string;
}

const blanks = ' \t\r\n';
/** What ends a command, or sends its output elsewhere: the rest is not ours. */
const operators = ';&|<>()';

const backslashInQuotes = '$`"\\\n';

/**
 * Takes the first command of a shell script apart: quotes, backslashes, continued lines and comments as POSIX says, without
 * running or replacing anything. Our own, because no library tells where a word stands and whether the shell would replace
 * a part of it. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export const splitShellCommand = (script: string): ShellCommand => {
  const words: ShellWord[] = [];
  let at = 0;
  while (at < script.length) {
    const character = script.charAt(at);
    if (character === '\\' && /^\\\r?\n/u.test(script.slice(at, at + 3))) {
      at = script.indexOf('\n', at) + 1;
      continue;
    }
    if (character === '\n' && words.length > 0) break;
    if (blanks.includes(character)) {
      at++;
      continue;
    }
    if (character === '#') {
      const end = script.indexOf('\n', at);
      at = end < 0 ? script.length : end;
      continue;
    }
    if (operators.includes(character)) break;
    const { word, openQuote } = readWord(script, at);
    words.push(word);
    if (openQuote !== undefined) return { words, openQuote };
    at = word.end;
  }
  return { words };
};

interface WordRead {
  readonly word: ShellWord;
  readonly openQuote?: string;
}

const readWord = (script: string, start: number): WordRead => {
  let text = '';
  let expands = false;
  let quote = '';
  let at = start;
  for (; at < script.length; at++) {
    const character = script.charAt(at);
    if (quote === "'") {
      if (character === quote) quote = '';
      else text += character;
      continue;
    }
    if (character === '\\') {
      const next = script.charAt(at + 1);
      if (quote === '"' && !backslashInQuotes.includes(next)) {
        text += character;
        continue;
      }
      if (next !== '\n') text += next;
      at++;
      continue;
    }
    if (character === '$' || character === '`') expands = true;
    if (quote === '"') {
      if (character === quote) quote = '';
      else text += character;
      continue;
    }
    if (character === '"' || character === "'") {
      quote = character;
      continue;
    }
    if (blanks.includes(character) || operators.includes(character)) break;
    if ('*?['.includes(character) || (character === '~' && at === start)) expands = true;
    text += character;
  }
  const word = { text, expands, start, end: at };
  return quote === '' ? { word } : { word, openQuote: quote };
};

/** A word as a shell takes it back. */
export const quoteForShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
