import type { Section, Span } from '../document.ts';
import type { TextChange } from '../finding.ts';

/** The line end that the text uses; a line feed when it has none. */
export const lineEndOf = (text: string): string => {
  const newline = text.indexOf('\n');
  if (newline > 0 && text[newline - 1] === '\r') return '\r\n';
  return newline < 0 && text.includes('\r') ? '\r' : '\n';
};

/** All of the physical lines that a span touches, with the end of the last. */
export const wholeLines = (text: string, span: Span): Span => {
  let { start, end } = span;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  if (text[end] === '\r') end++;
  if (text[end] === '\n') end++;
  return { start, end };
};

/** Takes the lines away. */
export const removeLines = (text: string, span: Span): TextChange => ({ ...wholeLines(text, span), text: '' });

/** Puts a line below the last assignment of the last section of that name, or of a new one at the end. */
export const addToSection = (text: string, sections: readonly Section[], name: string, line: string): TextChange => {
  const eol = lineEndOf(text);
  const section = sections.findLast((one) => one.name === name);
  if (section === undefined) {
    const closed = text === '' || text.endsWith('\n') || text.endsWith('\r');
    const gap = text === '' ? '' : closed ? eol : eol + eol;
    return { start: text.length, end: text.length, text: `${gap}[${name}]${eol}${line}${eol}` };
  }
  const last = section.entries.at(-1) ?? { start: section.start, end: section.headerEnd };
  const { end } = wholeLines(text, last);
  const closed = end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r');
  return { start: end, end, text: closed ? `${line}${eol}` : `${eol}${line}` };
};
