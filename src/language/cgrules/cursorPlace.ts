import type { ConfigDocument } from '../document.ts';
import type { CursorPlace } from '../vocabulary.ts';
import type { FieldName } from './fields.ts';

const fieldNames: readonly FieldName[] = ['key', 'controllers', 'destination', 'options'];

/** The keyword of the block that a field is named by, as if each were a block of its own. */
export const fieldKeyword = 'field';

/** What a cursor stands in, in a cgrules.conf: one of the four fields of its line, which may be empty still. */
export const cgrulesPlaceAt = (_document: ConfigDocument, text: string, offset: number): CursorPlace | undefined => {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const line = text.slice(lineStart, newline < 0 ? text.length : newline).replace(/\r$/u, '');
  const at = offset - lineStart;
  let index = 0;
  let word: { readonly start: number; readonly end: number } | undefined;
  for (const match of line.matchAll(/(?:[^ \t"]|"[^"]*"?)+/gu)) {
    const end = match.index + match[0].length;
    if (match.index > at) break;
    if (at <= end) {
      word = { start: match.index, end };
      break;
    }
    index++;
  }
  const name = fieldNames[index];
  if (name === undefined) return undefined;
  const { start, end } = word ?? { start: at, end: at };
  const isQuoted = line.charAt(start) === '"' && end > start;
  const from = isQuoted ? start + 1 : start;
  const to = isQuoted && end > from && line.charAt(end - 1) === '"' ? end - 1 : end;
  if (at < from || at > to) return undefined;
  return {
    kind: 'value',
    path: [{ keyword: fieldKeyword, name }],
    key: '',
    value: line.slice(from, to),
    at: at - from,
    offsetInText: (one) => lineStart + from + one,
  };
};
