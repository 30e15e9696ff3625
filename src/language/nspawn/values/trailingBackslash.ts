import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../../finding.ts';

export const trailingBackslash: RuleInfo = {
  id: 'trailing-backslash',
  severity: 'warning',
  effect: 'ignored',
  variants: [{ severity: 'error', effect: 'file-refused' }],
  title: l10n.t('Behind a backslash stands the character whose meaning it takes away'),
};
