import type { Finding, TextChange } from './finding.ts';

const touch = (one: TextChange, other: TextChange): boolean => one.start <= other.end && other.start <= one.end;

/**
 * The changes of all preferred fixes, in the order of the text, as far as none touches another: of two that do, the fix of
 * the earlier finding counts. A fix is taken as a whole or not at all.
 */
export const preferredChanges = (findings: readonly Finding[]): readonly TextChange[] => {
  const taken: TextChange[] = [];
  for (const { fixes } of findings) {
    const changes = fixes?.find(({ preferred }) => preferred)?.changes ?? [];
    if (!changes.some((change) => taken.some((other) => touch(change, other)))) taken.push(...changes);
  }
  return taken.sort((a, b) => a.start - b.start);
};
