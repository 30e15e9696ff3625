import * as l10n from '@vscode/l10n';
import type { Span } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueProblem } from './valueKind.ts';

export const invalidNumber: RuleInfo = {
  id: 'invalid-number',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A number is written in digits, and stays within its limits'),
};

export const octalNumber: RuleInfo = {
  id: 'octal-number',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A leading zero makes a number octal'),
};

/** A number that is taken, but as another one than it looks like. */
export const octalProblems = (text: string, span: Span): readonly ValueProblem[] => {
  const digits = /^[+-]?0([0-7]{2,15})$/u.exec(text)?.[1];
  if (digits === undefined || Number.parseInt(digits, 8) === Number(digits)) return [];
  return [
    ruleProblem(
      octalNumber,
      span,
      l10n.t`The leading zero makes ${shown(text)} octal: it is ${Number.parseInt(digits, 8)}. Leave the zero out to mean ${Number(digits)}.`,
    ),
  ];
};

/** A message with one more sentence where a leading zero may be what is wrong. */
export const withOctalHint = (message: string, text: string): string =>
  /^[+-]?0[0-9]*[89]/u.test(text)
    ? `${message} ${l10n.t('A leading zero makes it octal, with the digits 0 to 7 only.')}`
    : message;
