import * as l10n from '@vscode/l10n';
import { isSerious } from '../report.ts';
import type { ReportedFinding } from '../report.ts';

/** Text of a file may hold anything; a terminal is not to be driven by it. */
const printable = (text: string): string =>
  // To look up classes of characters takes a while, and most of what is said needs none.
  /[^ -~]/u.test(text)
    ? text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
        character === '\t' ? ' ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
      )
    : text;

const errorCount = (number: number): string => (number === 1 ? l10n.t('1 error') : l10n.t`${number} errors`);
const warningCount = (number: number): string => (number === 1 ? l10n.t('1 warning') : l10n.t`${number} warnings`);

/** One line a finding, as compilers print them, and a line that counts. */
export const formatText = (findings: readonly ReportedFinding[]): string => {
  if (findings.length === 0) return '';
  const lines = findings.map(
    ({ file, line, column, severity, message, rule }) =>
      `${printable(file)}:${line}:${column}: ${severity}: ${printable(message)} [${rule}]`,
  );
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(isSerious).length - errors;
  const rest = findings.length - errors - warnings;
  const counts = [errorCount(errors), warningCount(warnings), ...(rest > 0 ? [l10n.t`${rest} more`] : [])];
  return `${lines.join('\n')}\n${counts.join(', ')}\n`;
};
