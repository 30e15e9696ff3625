import { isSerious } from '../report.ts';
import type { ReportedFinding } from '../report.ts';

/** Text of a file may hold anything; a terminal is not to be driven by it. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\t' ? ' ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

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
  const counts = [count(errors, 'error'), count(warnings, 'warning'), ...(rest > 0 ? [`${rest} more`] : [])];
  return `${lines.join('\n')}\n${counts.join(', ')}\n`;
};
