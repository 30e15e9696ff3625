import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../../finding.ts';
import type { ValueContext, ValueProblem } from './valueKind.ts';

export const emptyValue: RuleInfo = {
  id: 'empty-value',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('This directive is not reset by an empty value, but ignored'),
};

export const emptyValueProblem = ({ directive }: ValueContext, allowed: string): ValueProblem => ({
  rule: emptyValue.id,
  severity: emptyValue.severity,
  effect: emptyValue.effect,
  start: 0,
  end: 0,
  message: l10n.t`${directive.name}= without a value is ignored and resets nothing; it takes ${allowed}.`,
});
