import * as l10n from '@vscode/l10n';
import type { Entry } from '../../document.ts';
import { assignmentHead, hasComment, type RewriteOf } from './rewriteOf.ts';
import { listWords } from './listWords.ts';
import { isContinued } from '../parse.ts';

/** Assignments of the same list right below each other become one. */
export const joinAssignments: RewriteOf = ({ text, section, entry, directive, type, counts }) => {
  if (directive.repeat !== 'append') return [];
  const { entries } = section;
  const at = entries.indexOf(entry);
  const sign = listWords(type, entry.value)?.sign;
  const wordsOf = (one: Entry | undefined): readonly string[] | undefined => {
    if (one?.key !== entry.key || !counts(one.value)) return undefined;
    const list = listWords(type, one.value);
    // An empty one may put the list back to its beginning.
    return list === undefined || list.words.length === 0 || list.sign !== sign ? undefined : list.words;
  };
  const isRightBelow = (above: Entry | undefined, below: Entry | undefined): boolean =>
    above !== undefined && below !== undefined && /^[ \t\r\n\0]*$/u.test(text.slice(above.end, below.start));
  let first = at;
  while (wordsOf(entries[first - 1]) !== undefined && isRightBelow(entries[first - 1], entries[first])) first--;
  let last = at;
  while (wordsOf(entries[last + 1]) !== undefined && isRightBelow(entries[last], entries[last + 1])) last++;
  const run = entries.slice(first, last + 1);
  const lists = run.map(wordsOf);
  const [top, bottom] = [run[0], run.at(-1)];
  if (sign === undefined || run.length < 2 || top === undefined || bottom === undefined) return [];
  if (lists.includes(undefined) || run.some(({ pieces }) => pieces !== undefined)) return [];
  const written = assignmentHead(text, top) + sign + lists.flatMap((words) => words ?? []).join(' ');
  return [
    {
      title: l10n.t`Join ${run.length} ${entry.key}= lines`,
      changes: [{ start: top.start, end: bottom.end, text: written }],
    },
  ];
};

/** An assignment that goes on over several lines comes onto one. */
export const joinLines: RewriteOf = ({ document, text, entry, type }) => {
  if (entry.pieces === undefined || hasComment(document, entry)) return [];
  const list = listWords(type, entry.value);
  const value = list === undefined ? entry.value : list.sign + list.words.join(' ');
  const written = assignmentHead(text, entry) + value;
  if (isContinued(written)) return [];
  return [{ title: l10n.t('Put all on one line'), changes: [{ start: entry.start, end: entry.end, text: written }] }];
};
