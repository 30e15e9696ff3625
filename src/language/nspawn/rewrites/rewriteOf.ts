import type { DirectiveSchema, ValueType } from '../../../schema/types.ts';
import type { Context } from '../../context.ts';
import type { ConfigDocument, Entry, Section } from '../../document.ts';
import type { Fix } from '../../finding.ts';

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
