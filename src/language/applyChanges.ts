import type { TextChange } from './finding.ts';
import { countUpTo } from './sorted.ts';

/** The text after changes that are in its order and do not overlap. */
export const applyChanges = (text: string, changes: readonly TextChange[]): string => {
  const parts: string[] = [];
  let from = 0;
  for (const change of changes) {
    parts.push(text.slice(from, change.start), change.text);
    from = change.end;
  }
  return parts.join('') + text.slice(from);
};

/** How many, of what is in the order of the text, begin at or before an offset. */
export const countBeginning = (inOrder: readonly { readonly start: number }[], offset: number): number =>
  countUpTo(inOrder, ({ start }) => start, offset);

/** From an offset in one text to that of the same place in another. */
export type MoveOffset = (offset: number) => number;

/** Follows offsets over such changes, both ways; what is replaced and what it is replaced with stand at one place. */
export const followChanges = (
  changes: readonly TextChange[],
): { readonly forward: MoveOffset; readonly back: MoveOffset } => {
  const before: { start: number; end: number; to: number }[] = [];
  const after: { start: number; end: number; to: number }[] = [];
  let shift = 0;
  for (const { start, end, text } of changes) {
    const to = start + shift;
    before.push({ start, end, to });
    after.push({ start: to, end: to + text.length, to: start });
    shift += text.length - (end - start);
  }
  const follow =
    (from: typeof before, into: typeof before): MoveOffset =>
    (offset) => {
      const index = countBeginning(from, offset) - 1;
      const change = from[index];
      if (change === undefined) return offset;
      return offset < change.end ? change.to : (into[index]?.end ?? change.to) + (offset - change.end);
    };
  return { forward: follow(before, after), back: follow(after, before) };
};
