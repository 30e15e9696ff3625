import type { RuleInfo } from '../finding.ts';

export const unreachable: RuleInfo = {
  id: 'rule-unreachable',
  severity: 'warning',
  effect: 'none',
  title: 'No rule stands behind one that is for everybody',
};
