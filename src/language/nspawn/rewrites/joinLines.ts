import * as l10n from '@vscode/l10n';
import { isContinued } from '../parse.ts';
import { assignmentHead, hasComment, type RewriteOf } from './rewriteOf.ts';
import { listWords } from './listWords.ts';

/** An assignment that goes on over several lines comes onto one. */
export const joinLines: RewriteOf = ({ document, text, entry, type }) => {
  if (entry.pieces === undefined || hasComment(document, entry)) return [];
  const list = listWords(type, entry.value);
  const value = list === undefined ? entry.value : list.sign + list.words.join(' ');
  const written = assignmentHead(text, entry) + value;
  if (isContinued(written)) return [];
  return [{ title: l10n.t('Put all on one line'), changes: [{ start: entry.start, end: entry.end, text: written }] }];
};
