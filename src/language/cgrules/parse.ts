import { beforeBlanks } from '../sorted.ts';
import type { ConfigDocument, Entry, Span } from '../document.ts';

const isBlank = (character: string): boolean => character === ' ' || character === '\t';

/**
 * Reads a cgrules.conf: one rule a line, and a `#` anywhere ends it, also inside of quotes. The key of an entry is what the rule
 * is for, its value the rest of the line. How a version takes the fields apart is judged behind it.
 */
export const parseCgrules = (text: string): ConfigDocument => {
  const loose: Entry[] = [];
  const comments: Span[] = [];
  let line = 0;
  for (let start = 0; start < text.length;) {
    line++;
    const newline = text.indexOf('\n', start);
    const lineEnd = newline < 0 ? text.length : newline;
    const hash = text.slice(start, lineEnd).indexOf('#');
    const end = hash < 0 ? lineEnd : start + hash;
    if (hash >= 0) comments.push({ start: end, end: lineEnd });
    let from = start;
    while (from < end && isBlank(text.charAt(from))) from++;
    if (from < end) loose.push(entryOf(text, from, end, line));
    start = lineEnd + 1;
  }
  return { sections: [], loose, mistakes: [], comments };
};

const entryOf = (text: string, from: number, end: number, line: number): Entry => {
  let keyEnd = from;
  while (keyEnd < end && !isBlank(text.charAt(keyEnd))) keyEnd++;
  let valueStart = keyEnd;
  while (valueStart < end && isBlank(text.charAt(valueStart))) valueStart++;
  const valueEnd = Math.max(valueStart, beforeBlanks(text, end, ' \t\r'));
  const value = text.slice(valueStart, valueEnd);
  return {
    start: from,
    end,
    key: text.slice(from, keyEnd),
    keyStart: from,
    keyEnd,
    value,
    valueStart: value === '' ? keyEnd : valueStart,
    valueEnd: value === '' ? keyEnd : valueEnd,
    line,
  };
};
