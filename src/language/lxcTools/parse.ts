import type { ConfigDocument, Entry, Mistake, Span } from '../document.ts';
import { beforeBlanks } from '../sorted.ts';
import { netLineUnread, netShell, systemLineUnread, usernetLineUnread } from './rules.ts';

const isBlank = (character: string): boolean => character === ' ' || character === '\t';

const behindBlanks = (text: string, from: number, end: number): number => {
  let at = from;
  while (at < end && isBlank(text.charAt(at))) at++;
  return at;
};

type ReadLine = (line: Span & { readonly line: number }, found: Found) => void;

interface Found {
  readonly loose: Entry[];
  readonly mistakes: Mistake[];
  readonly comments: Span[];
}

const byLines = (text: string, read: ReadLine): ConfigDocument => {
  const found: Found = { loose: [], mistakes: [], comments: [] };
  let line = 0;
  for (let start = 0; start < text.length;) {
    line++;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (beforeBlanks(text.slice(start, end), end - start, ' \t\r') > 0) read({ start, end, line }, found);
    start = end + 1;
  }
  return { sections: [], ...found };
};

/** Reads an lxc.conf: a key, `=`, and all that stands behind the blanks, to the end of the line. */
export const parseSystem = (text: string): ConfigDocument =>
  byLines(text, ({ start, end, line }, { loose, mistakes, comments }) => {
    const from = behindBlanks(text, start, end);
    const equals = text.slice(from, end).indexOf('=');
    if (text.charAt(from) === '#') comments.push({ start: from, end });
    else if (equals <= 0 || text.charAt(start) === '\uFEFF')
      mistakes.push({
        start: from,
        end: Math.max(from, beforeBlanks(text, end, ' \t\r')),
        rule: systemLineUnread.id,
        line,
      });
    else {
      const valueStart = behindBlanks(text, from + equals + 1, end);
      const keyEnd = Math.max(from, beforeBlanks(text, from + equals, ' \t'));
      const key = text.slice(from, keyEnd);
      const value = text.slice(valueStart, end);
      loose.push({ start: from, end, key, keyStart: from, keyEnd, value, valueStart, valueEnd: end, line });
    }
  });

/** Reads an lxc-usernet: the key of a line is whom it is for, its value the rest. */
export const parseUsernet = (text: string): ConfigDocument =>
  byLines(text, ({ start, end, line }, { loose, mistakes, comments }) => {
    const from = behindBlanks(text, start, end);
    const last = Math.max(from, beforeBlanks(text, end, ' \t\r'));
    // A comment only is one because no user is called so.
    if (text.charAt(from) === '#') comments.push({ start: from, end: last });
    else if (from > start) mistakes.push({ start, end: last, rule: usernetLineUnread.id, line });
    else {
      let keyEnd = start;
      while (keyEnd < last && !isBlank(text.charAt(keyEnd))) keyEnd++;
      const valueStart = behindBlanks(text, keyEnd, last);
      const value = text.slice(valueStart, last);
      const key = text.slice(start, keyEnd);
      loose.push({ start, end: last, key, keyStart: start, keyEnd, value, valueStart, valueEnd: last, line });
    }
  });

/** The end of a word of the shell, and whether a quote of it is open to the end of the text. */
const wordEnd = (text: string, from: number): { readonly end: number; readonly isOpen: boolean } => {
  let quote = '';
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && quote !== "'") at++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (depth <= 0 && /[ \t\n;&|]/u.test(character)) break;
  }
  return { end: Math.min(at, text.length), isOpen: quote !== '' };
};

/** Where one pair of equal quotes stands round all of it, what stands between. */
const inQuotes = (text: string, { start, end }: Span): Span => {
  const quote = text.charAt(start);
  const isOne = (quote === '"' || quote === "'") && end - start > 1 && text.indexOf(quote, start + 1) === end - 1;
  return isOne ? { start: start + 1, end: end - 1 } : { start, end };
};

/** Reads the settings of lxc-net, which a shell reads: assignments, and commands, which are not looked into. */
export const parseNet = (text: string): ConfigDocument => {
  const loose: Entry[] = [];
  const mistakes: Mistake[] = [];
  const comments: Span[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (character === '\n') line++;
    if (/[\s;&|]/u.test(character)) {
      at++;
      continue;
    }
    if (character === '#') {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      comments.push({ start: at, end });
      at = end;
      continue;
    }
    const { end, isOpen } = wordEnd(text, at);
    const name = /^[A-Za-z_]\w*(?==)/u.exec(text.slice(at, Math.min(end, at + 100)))?.[0];
    if (isOpen) mistakes.push({ start: at, end, rule: netShell.id, line });
    else if (name !== undefined) {
      const keyEnd = at + name.length;
      const value = inQuotes(text, { start: keyEnd + 1, end });
      const written = text.slice(value.start, value.end);
      const places = { keyStart: at, keyEnd, valueStart: value.start, valueEnd: value.end };
      loose.push({ start: at, end, key: name, value: written, ...places, line });
    } else if (text.slice(at, end) !== 'export') {
      // A command with all its words.
      let last = end;
      while (last < text.length && !'\n;'.includes(text.charAt(last))) last++;
      mistakes.push({ start: at, end: Math.max(end, beforeBlanks(text, last, ' \t\r')), rule: netLineUnread.id, line });
      at = last;
      continue;
    }
    line += text.slice(at, end).split('\n').length - 1;
    at = Math.max(end, at + 1);
  }
  return { sections: [], loose, mistakes, comments };
};
