import type { DirectiveSchema, ValueType } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import type { Entry, Section } from '../document.ts';
import { valueTypeOf } from './values/valueKinds.ts';
import { directivesOf, isKnownIn, isLeftOutHere } from './directives.ts';
import { keptPart } from './keptPart.ts';
import { valueJudge } from './valueRules.ts';

/** A line that systemd takes, at least in part. */
export interface CountingEntry {
  /** With blanks in place of the words that are ignored. */
  readonly entry: Entry;
  readonly directive: DirectiveSchema;
  readonly type: ValueType;
}

/** What systemd reads a line as; undefined for one that does not count, be it for what it says or where the file lies. */
export const countingEntry = (section: Section, entry: Entry, context: Context): CountingEntry | undefined => {
  const directive = directivesOf.get(section.name)?.get(entry.key);
  if (directive === undefined || !isKnownIn(directive, context.systemdVersion)) return undefined;
  if (isLeftOutHere(directive, context)) return undefined;
  const type = valueTypeOf(directive, context.systemdVersion);
  if (type === undefined) return undefined;
  const problems = valueJudge(context)(directive, entry.value);
  if (problems.some(({ effect }) => effect === 'file-refused')) return undefined;
  const kept = keptPart(entry, problems, type, context.systemdVersion);
  return kept === undefined ? undefined : { entry: kept, directive, type };
};
