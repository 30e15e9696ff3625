import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import type { Diagnostic, Range } from 'vscode-languageserver-types';
import type { Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import type { Finding } from '../finding.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** Findings as an editor wants them. Apart from what finds them: the linter is started without what editors speak. */
export const diagnosticsOf = ({ textDocument }: SourceFile, findings: readonly Finding[]): Diagnostic[] => {
  const rangeOf = ({ start, end }: Span, within = textDocument): Range => ({
    start: within.positionAt(start),
    end: within.positionAt(end),
  });
  return findings.map((finding) => ({
    range: rangeOf(finding),
    severity: severities[finding.severity],
    source: 'nspawn-lint',
    code: finding.rule,
    message: finding.message,
    data: { effect: finding.effect },
    ...(finding.tag === undefined ? {} : { tags: [tags[finding.tag]] }),
    ...(finding.related === undefined
      ? {}
      : {
          relatedInformation: finding.related.map((one) => ({
            location: { uri: (one.textDocument ?? textDocument).uri, range: rangeOf(one, one.textDocument) },
            message: one.message,
          })),
        }),
  }));
};
