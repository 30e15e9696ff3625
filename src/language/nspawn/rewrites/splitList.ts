import * as l10n from '@vscode/l10n';
import type { Fix } from '../../finding.ts';
import { lineEndOf } from '../lines.ts';
import { assignmentHead, hasComment, type RewriteOf } from './rewriteOf.ts';
import { listWords } from './listWords.ts';

const indentation = '    ';

/** A list on one line becomes one that goes on over several, or one assignment a word. */
export const splitList: RewriteOf = ({ document, text, entry, directive, type, counts }) => {
  const list = listWords(type, entry.value);
  if (list === undefined || list.words.length < 2 || !counts(entry.value) || hasComment(document, entry)) return [];
  const { sign, words } = list;
  const eol = lineEndOf(text);
  const head = assignmentHead(text, entry);
  const rewrite = (title: string, written: string): Fix => ({
    title,
    changes: [{ start: entry.start, end: entry.end, text: written }],
  });
  const fixes: Fix[] = [];
  if (directive.repeat === 'append')
    fixes.push(
      rewrite(
        l10n.t`Split into ${words.length} ${entry.key}= lines`,
        words.map((word) => `${head}${sign}${word}`).join(eol),
      ),
    );
  // A word that looks like a comment would be one at the beginning of a line.
  if (entry.pieces === undefined && !words.slice(1).some((word) => /^[#;]/u.test(word)))
    fixes.push(
      rewrite(
        l10n.t('Let the list go on over several lines'),
        `${head}${sign}${words.join(` \\${eol}${indentation}`)}`,
      ),
    );
  return fixes;
};
