import type { Span } from '../../document.ts';
import type { RuleInfo, TextChange } from '../../finding.ts';
import type { ValueProblem } from './valueKind.ts';

/** What `ValueProblem` takes as a fix. */
export interface ValueFix {
  readonly title: string;
  readonly changes: readonly TextChange[];
  readonly preferred?: true;
}

/** A problem with what its rule says of severity and effect. */
export const ruleProblem = (
  { id, severity, effect }: RuleInfo,
  { start, end }: Span,
  message: string,
  fixes: readonly ValueFix[] = [],
): ValueProblem => ({ rule: id, severity, effect, start, end, message, ...(fixes.length === 0 ? {} : { fixes }) });

export const replaceFix = (title: string, { start, end }: Span, text: string, preferred?: true): ValueFix => ({
  title,
  changes: [{ start, end, text }],
  ...(preferred === undefined ? {} : { preferred }),
});
