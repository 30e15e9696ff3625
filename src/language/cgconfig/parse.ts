import type { ConfigDocument } from '../document.ts';
import { BlockReader } from './blockReader.ts';
import { readPlain } from './plainReader.ts';
import { TokenReader } from './tokenReader.ts';
import { asLibcgroup, Lexer } from './tokens.ts';
import type { Guess } from './tokens.ts';

const readBlocks = (text: string, guess: Guess, byIndentation: boolean): ConfigDocument => {
  const lexer = new Lexer(text, guess);
  const reader = new TokenReader(lexer, text);
  const { sections, loose } = new BlockReader(reader, byIndentation).file();
  const mistakes = reader.mistakes.sort((a, b) => a.start - b.start);
  return { sections, loose, mistakes, comments: lexer.comments };
};

/** Braces alone say that one is missing, and the indentation mostly says where. */
const readingOf = (text: string, guess: Guess): ConfigDocument => {
  const reading = readBlocks(text, guess, false);
  if (!reading.mistakes.some(({ rule }) => rule === 'missing-closing-brace')) return reading;
  const indented = readBlocks(text, guess, true);
  return indented.mistakes.length <= reading.mistakes.length ? indented : reading;
};

const guesses: readonly Guess[] = [
  { quotesWithinLine: true, commentsOfOthers: false },
  { quotesWithinLine: false, commentsOfOthers: true },
];

/** How many mistakes every libcgroup refuses, up to a byte that ends the file for it. */
const countRefused = ({ mistakes }: ConfigDocument): number => {
  const end = mistakes.findIndex(({ rule }) => rule === 'not-ascii-ends-file');
  return mistakes.slice(0, end < 0 ? undefined : end).filter(({ rule }) => rule !== 'systemd-block').length;
};

/** Where libcgroup refuses a text, the reading with the fewest mistakes shows best where they are. */
export const readClosely = (text: string): ConfigDocument => {
  const first = readingOf(text, asLibcgroup);
  let best = first;
  let fewest = countRefused(best);
  if (fewest === 0) return best;
  for (const guess of guesses) {
    if (!(guess.quotesWithinLine ? /"[^"\n]*(?:\n|$)/u : /\/[/*]/u).test(text)) continue;
    const other = readingOf(text, guess);
    const count = countRefused(other);
    if (count === 0 || count > fewest) continue;
    best = other;
    fewest = count;
  }
  // Comments are those of libcgroup, whatever somebody meant.
  return { ...best, comments: first.comments };
};

/**
 * Reads a cgconfig.conf as libcgroup does (lex.l, parse.y), apart from what its grammar leaves to the code behind it: two
 * controllers of a name, users, limits. Never throws. Mistakes are in the order of the text.
 */
export const parseCgconfig = (text: string): ConfigDocument => readPlain(text) ?? readClosely(text);
