import { beforeBlanks } from '../sorted.ts';
import type { ConfigDocument, Entry, Mistake, Span } from '../document.ts';
import { afterNul, missingEquals, notLookedAt } from './rules.ts';

const isBlank = (character: string): boolean => character === ' ' || character === '\t';

/** What stands between the quotes, where one pair of equal ones stands round the whole of a value. */
const withoutQuotes = (text: string, { start, end }: Span): Span => {
  const quote = text.charAt(start);
  const isQuoted = (quote === '"' || quote === "'") && end - start > 1 && text.charAt(end - 1) === quote;
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
};

const entryOf = (text: string, { start, end }: Span, equals: number, line: number): Entry => {
  const keyEnd = Math.max(start, beforeBlanks(text, equals, ' \t'));
  let from = equals + 1;
  while (from < end && isBlank(text.charAt(from))) from++;
  const value = withoutQuotes(text, { start: from, end });
  return {
    start,
    end,
    key: text.slice(start, keyEnd),
    keyStart: start,
    keyEnd,
    value: text.slice(value.start, value.end),
    valueStart: value.start,
    valueEnd: value.end,
    line,
  };
};

/**
 * Reads a configuration of LXC: one setting a line, up to the first NUL. A `#` begins a comment only as the first character that
 * is no blank, and LXC never looks at a line that begins with anything but `lxc.`.
 */
export const parseLxc = (text: string): ConfigDocument => {
  const loose: Entry[] = [];
  const mistakes: Mistake[] = [];
  const comments: Span[] = [];
  const nul = text.indexOf('\0');
  const last = nul < 0 ? text.length : nul;
  let line = 0;
  for (let from = 0; from < last;) {
    line++;
    let lineEnd = from;
    while (lineEnd < last && text.charAt(lineEnd) !== '\n' && text.charAt(lineEnd) !== '\r') lineEnd++;
    let start = from;
    // A mark at the beginning hides the first line from LXC, which does no harm where that is a comment or empty.
    if (from === 0 && /^\uFEFF[ \t]*(?:#|$|[\r\n\0])/u.test(text)) start++;
    while (start < lineEnd && isBlank(text.charAt(start))) start++;
    const end = Math.max(start, beforeBlanks(text, lineEnd, ' \t'));
    const span = { start, end };
    if (text.charAt(start) === '#' && start < end) comments.push(span);
    else if (start < end) {
      const equals = text.slice(start, end).indexOf('=');
      if (!text.startsWith('lxc.', start)) mistakes.push({ ...span, rule: notLookedAt.id, line });
      else if (equals < 0) mistakes.push({ ...span, rule: missingEquals.id, line });
      else loose.push(entryOf(text, span, start + equals, line));
    }
    from = lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : 1);
  }
  if (nul >= 0 && text.slice(nul).trim() !== '\0')
    mistakes.push({ start: nul, end: text.length, rule: afterNul.id, line: Math.max(1, line) });
  return { sections: [], loose, mistakes, comments };
};
