import { extractWords, type Word, type WordFlags } from '../values/extractWord.ts';

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
