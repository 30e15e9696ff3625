import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Effect, Finding, Severity } from '../language/finding.ts';

/** A finding as it is told: positions from 1, in UTF-16 code units as editors count them; the end is behind the last. */
export interface ReportedFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  readonly effect: Effect;
}

export const reportFinding = (file: string, text: TextDocument, finding: Finding): ReportedFinding => {
  const start = text.positionAt(finding.start);
  const end = text.positionAt(finding.end);
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    severity: finding.severity,
    rule: finding.rule,
    message: finding.message,
    effect: finding.effect,
  };
};

export const isSerious = ({ severity }: { readonly severity: Severity }): boolean =>
  severity === 'error' || severity === 'warning';
