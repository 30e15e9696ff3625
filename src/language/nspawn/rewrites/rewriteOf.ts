import type { DirectiveSchema, ValueType } from '../../../schema/types.ts';
import type { Context } from '../../context.ts';
import type { ConfigDocument, Entry, Section, Span } from '../../document.ts';
import type { Fix } from '../../finding.ts';
import { lastBeginning } from '../../locate.ts';

/** An assignment that another way to write is looked for. */
interface Rewritable {
  readonly document: ConfigDocument;
  readonly text: string;
  readonly section: Section;
  readonly entry: Entry;
  readonly directive: DirectiveSchema;
  readonly type: ValueType;
  /** Where the cursor stands, or the selection begins. */
  readonly offset: number;
  readonly end: number;
  readonly context: Context;
  /** Whether systemd takes all of a value of this directive. */
  readonly counts: (value: string) => boolean;
}

export type RewriteOf = (rewritable: Rewritable) => readonly Fix[];

/** The key and its sign with the blanks that the user wrote around it. */
export const assignmentHead = (text: string, entry: Entry): string => {
  const written = text.slice(entry.keyStart, entry.valueStart);
  return /[\r\n]/u.test(written) ? `${entry.key}=` : written;
};

/** Whether a comment stands between there, which a rewrite would lose. */
export const hasComment = (document: ConfigDocument, { start, end }: Span): boolean => {
  const comment = lastBeginning(document.comments, end);
  return comment !== undefined && comment.end > start;
};
