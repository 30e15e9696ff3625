import type { Span } from '../document.ts';

/** One part of a group's path, and where it stands in the text. */
export interface Segment extends Span {
  /** As libcgroup takes it, which is not always as it is written: a destination has escapes. */
  readonly text: string;
}

export type GroupPath = readonly Segment[];

/**
 * The parts of a path that stands in the text from `start` on. libcgroup takes the path for one below the root of a hierarchy,
 * so slashes at its ends, empty parts and `.` mean nothing; the root itself has no parts.
 */
export const segmentsOf = (path: string, start: number): GroupPath => {
  const segments: Segment[] = [];
  let from = 0;
  for (const text of path.split('/')) {
    if (text !== '' && text !== '.') segments.push({ text, start: start + from, end: start + from + text.length });
    from += text.length + 1;
  }
  return segments;
};

/** One text for a path, to compare and to show; the root is empty. */
export const pathText = (path: GroupPath, length: number = path.length): string =>
  path
    .slice(0, length)
    .map(({ text }) => text)
    .join('/');

/** Whether `path` is `top` or a group below it. */
export const isBelow = (path: GroupPath, top: GroupPath): boolean =>
  path.length >= top.length && top.every(({ text }, index) => path[index]?.text === text);

/** The name of a group without what makes no difference: slashes around it or twice, and dots for the directory itself. */
export const groupPath = (name: string): string =>
  name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
