import type { ConfigDocument } from '../document.ts';
import { lastEntryBefore } from '../locate.ts';
import { beforeBlanks } from '../sorted.ts';
import type { CursorPlace } from '../vocabulary.ts';

const isLineEnd = (character: string): boolean => character === '\n' || character === '\r' || character === '';
const isBlank = (character: string): boolean => character === ' ' || character === '\t';

/** What a cursor stands in, in a configuration of LXC. Nothing but its line is read. */
export const lxcPlaceAt = (document: ConfigDocument, text: string, offset: number): CursorPlace | undefined => {
  let start = offset;
  while (start > 0 && !isLineEnd(text.charAt(start - 1))) start--;
  const lineStart = start;
  if (start === 0 && text.startsWith('\uFEFF')) start++;
  while (isBlank(text.charAt(start))) start++;
  let lineEnd = Math.max(start, offset);
  while (!isLineEnd(text.charAt(lineEnd))) lineEnd++;
  const equals = text.slice(start, lineEnd).indexOf('=');
  const behindKey = equals < 0 ? lineEnd : start + equals;
  if (offset <= behindKey) {
    // In the blanks before a line.
    if (offset < start && start < lineEnd) return undefined;
    const from = Math.min(start, offset);
    const end = Math.max(from, beforeBlanks(text, behindKey, ' \t'));
    // Behind a word without a sign of assignment, where nothing but that could stand.
    if (offset > end) return undefined;
    const assigned = equals >= 0;
    return { kind: 'key', path: [], start: from, end, assigned, blocksToo: !assigned };
  }
  const entry = lastEntryBefore(document, offset);
  if (entry === undefined || entry.start < lineStart) return undefined;
  const { key, value, valueStart, valueEnd } = entry;
  if (value !== '' && offset <= valueEnd)
    return {
      kind: 'value',
      path: [],
      key,
      value,
      at: Math.max(0, offset - valueStart),
      offsetInText: (at) => (at === 0 ? Math.min(offset, valueStart) : valueStart + at),
    };
  // Behind a quote that ends it.
  if (value !== '' && valueEnd < entry.end) return undefined;
  // Blanks at the end are not part of the value, but whatever is typed behind them will bring them in.
  const longer = value === '' ? '' : `${value} `;
  return {
    kind: 'value',
    path: [],
    key,
    value: longer,
    at: longer.length,
    offsetInText: (at) => (at >= longer.length ? offset : valueStart + at),
  };
};
