import type { Section, Span } from '../document.ts';
import type { TextChange } from '../finding.ts';
import { isContinued } from './parse.ts';

const mostLookedAt = 4096;

/** The line end that the text uses; a line feed when it has none. */
export const lineEndOf = (text: string): string => {
  // This is asked for every repair, so no more is looked at than tells it in any file that a person has written.
  const beginning = text.slice(0, mostLookedAt);
  const newline = beginning.indexOf('\n');
  if (newline > 0 && beginning[newline - 1] === '\r') return '\r\n';
  return newline < 0 && beginning.includes('\r') ? '\r' : '\n';
};

const isLineEnd = (char: string | undefined): boolean => char === '\n' || char === '\r' || char === '\0';

/** All of the physical lines that a span touches, with the end of the last. */
export const wholeLines = (text: string, span: Span): Span => {
  let { start, end } = span;
  while (start > 0 && !isLineEnd(text[start - 1])) start--;
  while (end < text.length && !isLineEnd(text[end])) end++;
  if (text[end] === '\r') end++;
  if (text[end] === '\n') end++;
  if (text[end] === '\0') end++;
  return { start, end };
};

/** Takes the lines away. */
export const removeLines = (text: string, span: Span): TextChange => ({ ...wholeLines(text, span), text: '' });

/** Without the line end of its last line. */
const trimmed = (line: string): string => line.replace(/[\r\n\0]+$/u, '');

interface EndOfSection {
  /** Behind the last line that belongs to its last assignment. */
  readonly end: number;
  readonly isOpen: boolean;
}

/** Behind the last line that an assignment goes on over; `isOpen` when the text ends before such a line. */
const behind = (text: string, span: Span): EndOfSection => {
  let { start, end } = wholeLines(text, { start: span.end, end: span.end });
  let isOpen = isContinued(trimmed(text.slice(start, end)));
  while (isOpen && end < text.length) {
    ({ start, end } = wholeLines(text, { start: end, end }));
    const line = trimmed(text.slice(start, end));
    isOpen = /^[ \t]*[#;]/u.test(line) || isContinued(line);
  }
  return { end, isOpen };
};

/** Of the last section of each name; the sections of a text are the same array as long as the text is the same. */
const ends = new WeakMap<readonly Section[], Map<string, EndOfSection | undefined>>();

/** Looked for once for each text, since a text can have as many repairs that ask for it as it has lines. */
const endOfSection = (text: string, sections: readonly Section[], name: string): EndOfSection | undefined => {
  const known = ends.get(sections) ?? new Map<string, EndOfSection | undefined>();
  ends.set(sections, known);
  if (known.has(name)) return known.get(name);
  const section = sections.findLast((one) => one.name === name);
  const last = section?.entries.at(-1) ?? (section && { start: section.start, end: section.headerEnd });
  const found = last && behind(text, last);
  known.set(name, found);
  return found;
};

/** What makes an empty line behind a line end: different characters that end lines go together as one line end. */
const emptyLine = (lineEnd: string | undefined, eol: string): string =>
  eol.length > 1 || lineEnd === eol ? eol : eol + eol;

/** Puts a line below the last assignment of the last section of that name, or of a new one at the end. */
export const addToSection = (text: string, sections: readonly Section[], name: string, line: string): TextChange => {
  const eol = lineEndOf(text);
  // A backslash that a blank behind it kept from going on into the next line must not get to do so.
  const whole = isContinued(line) ? `${line} ` : line;
  const place = endOfSection(text, sections, name);
  if (place === undefined) {
    const gap = text === '' ? '' : isLineEnd(text.at(-1)) ? emptyLine(text.at(-1), eol) : eol + eol;
    return { start: text.length, end: text.length, text: `${gap}[${name}]${eol}${whole}${eol}` };
  }
  const { end, isOpen } = place;
  const isClosed = end > 0 && isLineEnd(text[end - 1]);
  // An empty line ends what would go on.
  const gap = isClosed ? (isOpen ? emptyLine(text[end - 1], eol) : '') : isOpen ? eol + eol : eol;
  return { start: end, end, text: gap + whole + (isClosed ? eol : '') };
};
