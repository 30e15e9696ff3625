import type { Span } from '../../document.ts';

/** The fields between separators that no backslash protects, also of a value that is half typed. Always one at least. */
export const rawFields = (value: string, separator: string, from = 0): readonly Span[] => {
  const fields: Span[] = [];
  let start = from;
  for (let at = from; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === '\\') at++;
    else if (char === separator) {
      fields.push({ start, end: at });
      start = at + 1;
    }
  }
  fields.push({ start, end: value.length });
  return fields;
};

/** Which of the fields the offset stands in, counted from 0. */
export const fieldIndexAt = (fields: readonly Span[], offset: number): number =>
  Math.max(
    0,
    fields.findIndex(({ end }) => offset <= end),
  );

/** A field with the separator that parts it from the others, which must go with it. */
export const withSeparator = ({ start, end }: Span, value: string, separator: string, from: number): Span =>
  value.charAt(end) === separator ? { start, end: end + 1 } : { start: start > from ? start - 1 : start, end };

/** Where to show a part of a value that holds several: when it is empty, on the separator beside it. */
export const visible = ({ start, end }: Span): Span =>
  start < end ? { start, end } : start > 0 ? { start: start - 1, end } : { start, end: end + 1 };
