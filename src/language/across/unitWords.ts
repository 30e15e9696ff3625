/**
 * A word as `Exec…=` of a unit takes it back: specifiers and variables doubled, escapes in double quotes. Undefined where a
 * line cannot hold it.
 */
export const quoteForUnit = (word: string): string | undefined => {
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(word)) return undefined;
  if (/^[\w@+=:,./-]+$/u.test(word)) return word;
  const escaped = word.replaceAll(/["\\]/gu, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${escaped}"`;
};
