import type { Span } from './document.ts';
import type { Finding, RuleInfo } from './finding.ts';

type Variable = Partial<Pick<Finding, 'severity' | 'effect' | 'fixes' | 'related' | 'tag'>>;

/** A finding of that rule; what is not said is as the rule has it. */
export const found = (
  rule: RuleInfo,
  { start, end }: Span,
  line: number,
  message: string,
  variable?: Variable,
): Finding => ({
  rule: rule.id,
  severity: rule.severity,
  effect: rule.effect,
  message,
  start,
  end,
  line,
  ...variable,
});
