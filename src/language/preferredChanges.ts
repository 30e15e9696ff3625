import type { Finding, TextChange } from './finding.ts';
import { countUpTo } from './sorted.ts';

const inOrder = (a: TextChange, b: TextChange): number => a.start - b.start || a.end - b.end;

/** How many of changes in the order of the text begin at or before an offset. */
const beginning = (changes: readonly TextChange[], offset: number): number =>
  countUpTo(changes, ({ start }) => start, offset);

/**
 * The changes of all preferred fixes, in the order of the text, as far as none touches another: of two that do, the fix of
 * the earlier finding counts. A fix is taken as a whole or not at all.
 */
export const preferredChanges = (findings: readonly Finding[]): readonly TextChange[] => {
  const taken: TextChange[] = [];
  // What is taken does not overlap, so of all that begin before the end of a change the last one reaches furthest.
  const isFree = ({ start, end }: TextChange): boolean => (taken[beginning(taken, end) - 1]?.end ?? -1) < start;
  for (const { fixes } of findings) {
    const changes = fixes?.find(({ preferred }) => preferred)?.changes ?? [];
    if (!changes.every(isFree)) continue;
    for (const change of [...changes].sort(inOrder)) taken.splice(beginning(taken, change.start), 0, change);
  }
  return taken;
};
