import { indexInValue, offsetInText, type ConfigDocument, type Entry } from '../document.ts';
import { commentAt, lastEntryBefore, sectionsAt } from '../locate.ts';
import type { CursorPlace } from '../vocabulary.ts';

const isBlank = (char: string): boolean => char === ' ' || char === '\t';
const isLineEnd = (char: string): boolean => char === '\n' || char === '\r' || char === '\0';

/** Behind the rest of a comment line that begins at `from` and the line end behind it; `from` for another line. */
const behindComment = (text: string, from: number): number => {
  let at = from;
  while (isBlank(text.charAt(at))) at++;
  if (text.charAt(at) !== '#' && text.charAt(at) !== ';') return from;
  while (at < text.length && !isLineEnd(text.charAt(at))) at++;
  return behindLineEnd(text, at);
};

const behindLineEnd = (text: string, from: number): number => {
  const char = text.charAt(from);
  if (!isLineEnd(char)) return from;
  const next = text.charAt(from + 1);
  return isLineEnd(next) && next !== '\0' && next !== char && char !== '\0' ? from + 2 : from + 1;
};

/** Whether an assignment goes on to `offset`: nothing but blanks, continuations and comments in them lie between. */
const reaches = (text: string, entry: Entry, offset: number): boolean => {
  let at = entry.end;
  while (at < offset) {
    const char = text.charAt(at);
    if (isBlank(char)) at++;
    else if (char === '\\' && isLineEnd(text.charAt(at + 1))) {
      at = behindLineEnd(text, at + 1);
      for (let next = behindComment(text, at); next !== at; next = behindComment(text, at)) at = next;
    } else return false;
  }
  // Behind the backslash itself nothing can stand.
  return !(text.charAt(offset - 1) === '\\' && offset > entry.end);
};

/** Where the line of a place begins, with the blanks before it. */
const lineStart = (text: string, offset: number): number => {
  let at = offset;
  while (at > 0 && !isLineEnd(text.charAt(at - 1))) at--;
  return at;
};

/** Whether the line that begins at `start` goes on from one that is no comment. */
const goesOn = (document: ConfigDocument, text: string, start: number): boolean => {
  let at = start;
  while (at > 0 && isLineEnd(text.charAt(at - 1)) && start - at < 2) at--;
  const end = at;
  while (at > 0 && text.charAt(at - 1) === '\\') at--;
  return (end - at) % 2 === 1 && commentAt(document, end) === undefined;
};

const inEntry = (document: ConfigDocument, text: string, offset: number, entry: Entry): CursorPlace => {
  const path = sectionsAt(document, offset);
  const equals = text.indexOf('=', entry.keyEnd);
  if (offset <= equals) {
    const { keyStart, keyEnd } = entry;
    return { kind: 'key', path, start: keyStart, end: Math.max(keyEnd, offset), assigned: true, blocksToo: false };
  }
  if (offset > entry.valueEnd || entry.value === '') {
    // Blanks at the end are not part of the value, but whatever is typed behind them will bring them in.
    const value = entry.value === '' ? '' : `${entry.value} `;
    const at = value.length;
    return {
      kind: 'value',
      path,
      key: entry.key,
      value,
      at,
      offsetInText: (index) => (index >= at ? offset : offsetInText(entry, index)),
    };
  }
  return {
    kind: 'value',
    path,
    key: entry.key,
    value: entry.value,
    at: offset < entry.valueStart ? 0 : indexInValue(entry, offset),
    offsetInText: (index) => (index === 0 ? Math.min(offset, entry.valueStart) : offsetInText(entry, index)),
  };
};

/** What a cursor stands in, in a `.nspawn` file. */
export const nspawnPlaceAt = (document: ConfigDocument, text: string, offset: number): CursorPlace | undefined => {
  const path = sectionsAt(document, offset);
  const section = path.at(-1);
  if (section !== undefined && offset >= section.start && offset <= section.headerEnd)
    return { kind: 'block', path: [], start: section.start, end: section.headerEnd };
  const entry = lastEntryBefore(document, offset);
  if (entry !== undefined && reaches(text, entry, offset)) return inEntry(document, text, offset, entry);

  const from = lineStart(text, offset);
  if (goesOn(document, text, from)) return undefined;
  let start = from;
  while (isBlank(text.charAt(start)) || (start === 0 && text.startsWith('\uFEFF'))) start++;
  // In the blanks before a line.
  if (offset < start && !isLineEnd(text.charAt(start)) && start < text.length) return undefined;
  if (start > offset) start = offset;
  if (text.charAt(start) === '[') {
    let end = start;
    while (end < text.length && !isLineEnd(text.charAt(end)) && text.charAt(end) !== ']') end++;
    if (text.charAt(end) === ']') end++;
    return offset > end ? undefined : { kind: 'block', path: [], start, end };
  }
  let end = start;
  while (end < text.length && !/[\s=\0\\]/u.test(text.charAt(end))) end++;
  if (offset > end) return undefined;
  return { kind: 'key', path, start, end, assigned: text.charAt(end) === '=', blocksToo: true };
};
