import type { RuleInfo } from '../finding.ts';

export const trailingBackslash: RuleInfo = {
  id: 'trailing-backslash',
  severity: 'warning',
  effect: 'ignored',
  variants: [{ severity: 'error', effect: 'file-refused' }],
  title: 'Behind a backslash stands the character whose meaning it takes away',
};
