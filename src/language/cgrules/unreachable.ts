import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../finding.ts';

export const unreachable: RuleInfo = {
  id: 'rule-unreachable',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('No rule stands behind one that is for everybody'),
};
