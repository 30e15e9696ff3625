import type { Span } from '../../document.ts';

/** Where to show a part of a value that holds several: when it is empty, on the separator beside it. */
export const visible = ({ start, end }: Span): Span =>
  start < end ? { start, end } : start > 0 ? { start: start - 1, end } : { start, end: end + 1 };
