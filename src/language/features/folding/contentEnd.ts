import { commentedOut, type Section } from '../../document.ts';
import type { SourceFile } from '../../fileType.ts';
import { lastBeginning } from '../../locate.ts';

/**
 * Where a section ends for a reader: before the blank lines at its end, and before the comment that stands right above the
 * next header. Never before its own header ends.
 */
export const contentEnd = ({ document, textDocument }: SourceFile, section: Section): number => {
  const text = textDocument.getText();
  const trimmed = (end: number): number => {
    let at = end;
    while (at > section.headerEnd && /\s/u.test(text.charAt(at - 1))) at--;
    return Math.max(at, section.headerEnd);
  };
  const end = trimmed(section.end);
  if (section.end >= text.length || text.charAt(section.end) !== '[') return end;
  let at = end;
  let line = textDocument.positionAt(section.end).line;
  for (;;) {
    const comment = lastBeginning(document.comments, at - 1);
    if (comment === undefined || comment.start < section.headerEnd || comment.end < at) break;
    if (textDocument.positionAt(comment.start).line !== line - 1) break;
    if (commentedOut.test(text.slice(comment.start, comment.end))) break;
    line--;
    at = trimmed(comment.start);
  }
  return at;
};
