import { indexInValue, offsetInText, valueSpan } from '../../document.ts';
import type { Entry, Span } from '../../document.ts';

/** What ends a part of a value, from the widest part to the narrowest: a word, a field, a piece of either. */
const separators: readonly RegExp[] = [/\s/u, /[\s:]/u, /[\s:,"'=+~/@|-]/u];

/** The value around a place, and inwards its word, its field between colons and its smallest piece, such as the name of a directory. */
export const spansInValue = (entry: Entry, offset: number): readonly Span[] => {
  const { value } = entry;
  const at = indexInValue(entry, offset);
  const spans: Span[] = [valueSpan(entry)];
  for (const separator of separators) {
    let from = at;
    let to = at;
    while (from > 0 && !separator.test(value.charAt(from - 1))) from--;
    while (to < value.length && !separator.test(value.charAt(to))) to++;
    if (from < to) spans.push({ start: offsetInText(entry, from), end: offsetInText(entry, to - 1) + 1 });
  }
  return spans;
};
