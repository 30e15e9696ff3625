import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../../finding.ts';
import { ruleProblem } from './ruleProblem.ts';
import type { ValueContext, ValueProblem } from './valueKind.ts';

export const emptyResetsNothing: RuleInfo = {
  id: 'empty-value-resets-nothing',
  severity: 'info',
  effect: 'none',
  title: l10n.t('An empty value of this directive changes nothing, and earlier lines still count'),
};

export const emptyResetsNothingProblem = ({ directive }: ValueContext): ValueProblem =>
  ruleProblem(
    emptyResetsNothing,
    { start: 0, end: 0 },
    l10n.t`${directive.name}= without a value changes nothing: what earlier lines say still counts.`,
  );
