import type { ConfigDocument, Mistake } from '../document.ts';
import { BlockReader } from './blockReader.ts';
import { TokenReader } from './tokenReader.ts';
import { readTokens } from './tokens.ts';
import type { Guess, Token } from './tokens.ts';

interface Reading extends Pick<ConfigDocument, 'sections' | 'loose'> {
  readonly mistakes: readonly Mistake[];
}

const readBlocks = (tokens: readonly Token[], text: string, byIndentation: boolean): Reading => {
  const reader = new TokenReader(tokens, text);
  const { sections, loose } = new BlockReader(reader, byIndentation).file();
  return { sections, loose, mistakes: reader.mistakes.sort((a, b) => a.start - b.start) };
};

/** Braces alone say that one is missing, and the indentation mostly says where. */
const readingOf = (tokens: readonly Token[], text: string): Reading => {
  const reading = readBlocks(tokens, text, false);
  if (!reading.mistakes.some(({ rule }) => rule === 'missing-closing-brace')) return reading;
  const indented = readBlocks(tokens, text, true);
  return indented.mistakes.length <= reading.mistakes.length ? indented : reading;
};

const guesses: readonly Guess[] = [
  { quotesWithinLine: true, commentsOfOthers: false },
  { quotesWithinLine: false, commentsOfOthers: true },
];

/** How many mistakes every libcgroup refuses, up to a byte that ends the file for it. */
const countRefused = ({ mistakes }: Reading): number => {
  const end = mistakes.findIndex(({ rule }) => rule === 'not-ascii-ends-file');
  return mistakes.slice(0, end < 0 ? undefined : end).filter(({ rule }) => rule !== 'systemd-block').length;
};

/** Where libcgroup refuses a text, the reading with the fewest mistakes shows best where they are. */
const likeliestReading = (tokens: readonly Token[], text: string): Reading => {
  let best = readingOf(tokens, text);
  let fewest = countRefused(best);
  if (fewest === 0) return best;
  for (const guess of guesses) {
    if (!(guess.quotesWithinLine ? /"[^"\n]*(?:\n|$)/u : /\/[/*]/u).test(text)) continue;
    const other = readingOf(readTokens(text, guess).tokens, text);
    const count = countRefused(other);
    if (count === 0 || count > fewest) continue;
    best = other;
    fewest = count;
  }
  return best;
};

/**
 * Reads a cgconfig.conf as libcgroup does (lex.l, parse.y), apart from what its grammar leaves to the code behind it: two
 * controllers of a name, users, limits. Never throws. Mistakes are in the order of the text.
 */
export const parseCgconfig = (text: string): ConfigDocument => {
  const { tokens, comments } = readTokens(text);
  return { ...likeliestReading(tokens, text), comments };
};
