import type { Span } from '../../document.ts';
import { wordBlanks } from './extractWord.ts';

/** The word that the cursor stands in or at the end of; empty between two separators. */
export const wordAt = (value: string, offset: number, separators: string = wordBlanks): Span => {
  let start = Math.min(offset, value.length);
  let end = start;
  while (start > 0 && !separators.includes(value.charAt(start - 1))) start--;
  while (end < value.length && !separators.includes(value.charAt(end))) end++;
  return { start, end };
};
