import { uriOfPath } from '../../hostFacts/fileUri.ts';
import { isAbsolute } from 'node:path';
import type { RuleInfo, Severity } from '../../language/finding.ts';
import type { ReportedFinding } from '../report.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

const uriOf = (file: string): string =>
  isAbsolute(file) ? uriOfPath(file) : file.split('/').map(encodeURIComponent).join('/');

/** SARIF 2.1.0, which code scanning services read: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const formatSarif = (
  findings: readonly ReportedFinding[],
  rules: readonly RuleInfo[],
  version: string,
): string => {
  const told = new Set(findings.map(({ rule }) => rule));
  const used = rules.filter(({ id }) => told.has(id));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'nspawn-lint',
            version,
            rules: used.map(({ id, title, severity }) => ({
              id,
              shortDescription: { text: title },
              defaultConfiguration: { level: levels[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          level: levels[finding.severity],
          message: { text: finding.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(finding.file) },
                region: {
                  startLine: finding.line,
                  startColumn: finding.column,
                  endLine: finding.endLine,
                  endColumn: finding.endColumn,
                },
              },
            },
          ],
          properties: { effect: finding.effect },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};
