/** More than that of a word from the document helps nobody in a popup. */
const longest = 120;

/** What does not show, or turns the direction of what follows, or ends a line. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text from the document in one line of bounded length, with a mark for each character that does not show. */
export const inOneLine = (text: string): string => {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return shown.replace(unseen, '\uFFFD');
};

/** A text that markdown shows as it is: no markup, no link, no HTML. */
export const escapeMarkdown = (text: string): string =>
  inOneLine(text).replace(/[\\`*_{}[\]()<>#+\-.!|~&:=@$"']/gu, '\\$&');

/** The same as code, in which nothing but the fence has a meaning. */
export const codeSpan = (text: string): string => {
  const shown = inOneLine(text);
  if (shown.trim() === '') return '` `';
  const runs: readonly string[] = shown.match(/`+/gu) ?? [];
  let fence = '`';
  while (runs.includes(fence)) fence += '`';
  const gap = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${shown}${gap}${fence}`;
};

/** A name for a list, in which editors draw `$(name)` as an icon, with no way to say that it is plain; a blank takes that away. */
export const withoutIcons = (name: string): string => name.replaceAll('$(', '$ (');
