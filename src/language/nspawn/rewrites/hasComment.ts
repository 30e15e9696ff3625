import type { ConfigDocument, Span } from '../../document.ts';
import { lastBeginning } from '../../locate.ts';

/** Whether a comment stands between there, which a rewrite would lose. */
export const hasComment = (document: ConfigDocument, { start, end }: Span): boolean => {
  const comment = lastBeginning(document.comments, end);
  return comment !== undefined && comment.end > start;
};
