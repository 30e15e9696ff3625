import * as l10n from '@vscode/l10n';
import { isLongerThan } from '../cgconfig/groupRules.ts';
import type { ConfigDocument } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { longestPiece } from './parse.ts';

export const lineCut: RuleInfo = {
  id: 'rule-line-cut',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A line fits into the buffer of libcgroup, and has no NUL'),
};

/** Tells of each place which line it is on and where that begins; places come in the order of the text. */
const lineReader = (text: string): ((at: number) => { readonly line: number; readonly start: number }) => {
  let line = 1;
  let start = 0;
  let next = text.indexOf('\n');
  return (at) => {
    while (next >= 0 && next < at) {
      line++;
      start = next + 1;
      next = text.indexOf('\n', start);
    }
    return { line, start };
  };
};

/** Where a line is no more than its beginning for libcgroup, which reads it with fgets() and takes it for a string of C. */
export const checkCut = ({ loose, comments }: ConfigDocument, text: string): readonly Finding[] => {
  const lineOfRule = lineReader(text);
  const behind = loose.flatMap((entry) => {
    const { start } = lineOfRule(entry.start);
    const isCut = entry.start - start >= longestPiece || isLongerThan(text.slice(start, entry.start), longestPiece - 1);
    if (!isCut) return [];
    const message = l10n.t`libcgroup reads at most ${longestPiece} bytes of a line at once: what is behind them counts as a line of its own, also in a comment.`;
    return [found(lineCut, entry, entry.line, message)];
  });
  const lineOfNul = lineReader(text);
  const nuls = comments.flatMap((comment) => {
    const { line } = lineOfNul(comment.start);
    if (text.charAt(comment.start) !== '\0') return [];
    const message = l10n.t('A NUL ends the line for libcgroup: what is behind it is not read.');
    return [found(lineCut, comment, line, message)];
  });
  return [...behind, ...nuls];
};
