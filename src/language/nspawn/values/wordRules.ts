import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../../finding.ts';
import type { WordFailure } from './extractWord.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import type { ValueProblem } from './valueKind.ts';

export const trailingBackslash: RuleInfo = {
  id: 'trailing-backslash',
  severity: 'warning',
  effect: 'ignored',
  variants: [{ severity: 'error', effect: 'file-refused' }],
  title: l10n.t('Behind a backslash stands the character whose meaning it takes away'),
};

export const unbalancedQuote: RuleInfo = {
  id: 'unbalanced-quote',
  severity: 'warning',
  effect: 'ignored',
  variants: [{ severity: 'error', effect: 'file-refused' }],
  title: l10n.t('A quote that opens must close in the same value'),
};

/** Why the words of a value cannot be told apart, and what systemd leaves out for it, as a sentence. */
export const wordFailureProblem = (value: string, failure: WordFailure, ignored: string): ValueProblem =>
  failure.reason === 'backslash'
    ? ruleProblem(trailingBackslash, failure, `${l10n.t('Nothing stands behind the backslash.')} ${ignored}`, [
        replaceFix(l10n.t('Remove the backslash'), failure, ''),
      ])
    : ruleProblem(
        unbalancedQuote,
        failure,
        `${l10n.t`The quote ${value.charAt(failure.start)} that opens here is never closed.`} ${ignored}`,
        [
          {
            title: l10n.t('Close the quote at the end'),
            changes: [{ start: value.length, end: value.length, text: value.charAt(failure.start) }],
          },
        ],
      );
