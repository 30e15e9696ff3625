import type { TextDocument } from 'vscode-languageserver-textdocument';
import { countUpTo } from '../language/sorted.ts';
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

/** The same as `positionAt` of a document, for texts whose lines end in line feeds: it does not look at each character. */
const positionsIn = (document: TextDocument): TextDocument['positionAt'] => {
  const text = document.getText();
  if (text.includes('\r')) return (offset) => document.positionAt(offset);
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    const line = countUpTo(starts, (start) => start, offset) - 1;
    return { line, character: offset - (starts[line] ?? 0) };
  };
};

export const reportFindings = (
  file: string,
  document: TextDocument,
  findings: readonly Finding[],
): readonly ReportedFinding[] => {
  if (findings.length === 0) return [];
  const positionAt = positionsIn(document);
  return findings.map((finding) => reportFinding(file, positionAt, finding));
};

const reportFinding = (file: string, positionAt: TextDocument['positionAt'], finding: Finding): ReportedFinding => {
  const start = positionAt(finding.start);
  const end = positionAt(finding.end);
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
