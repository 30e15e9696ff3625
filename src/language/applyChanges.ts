import type { TextChange } from './finding.ts';

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
