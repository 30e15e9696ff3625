import type { DirectiveSchema, ValueType } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import type { Entry, Section } from '../document.ts';
import { valueTypeOf } from '../values/valueKinds.ts';
import { directivesOf, isKnownIn } from './directives.ts';
import { whyWithoutEffect } from './directiveText.ts';
import { valueJudge } from './valueRules.ts';

/** A line that systemd takes, at least in part. */
export interface CountingEntry {
  readonly entry: Entry;
  readonly directive: DirectiveSchema;
  readonly type: ValueType;
  /** Whether all of the value counts. */
  readonly isWhole: boolean;
}

/** Kinds of which systemd leaves out single words and takes the others. */
const inPart: ReadonlySet<ValueType['kind']> = new Set([
  'capabilities',
  'userNames',
  'interfacePairs',
  'syscallFilter',
]);

/** What systemd reads a line as; undefined for one that does not count, be it for what it says or where the file lies. */
export const countingEntry = (section: Section, entry: Entry, context: Context): CountingEntry | undefined => {
  const directive = directivesOf.get(section.name)?.get(entry.key);
  if (directive === undefined || !isKnownIn(directive, context.systemdVersion)) return undefined;
  if (whyWithoutEffect(directive, context) !== undefined) return undefined;
  const type = valueTypeOf(directive, context.systemdVersion);
  if (type === undefined) return undefined;
  const problems = valueJudge(context)(directive, entry.value);
  const isWhole = problems.every(({ effect }) => effect === 'none');
  if (!inPart.has(type.kind) && problems.some(({ effect }) => effect === 'ignored' || effect === 'file-refused'))
    return undefined;
  return { entry, directive, type, isWhole };
};
