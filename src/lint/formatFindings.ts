import { formatGithub } from './formats/github.ts';
import { formatSarif } from './formats/sarif.ts';
import { formatText } from './formats/text.ts';
import type { RuleInfo } from '../language/finding.ts';
import type { Format } from './options.ts';
import type { ReportedFinding } from './report.ts';

/** An array of the findings, and nothing else. */
const formatJson = (findings: readonly ReportedFinding[]): string => `${JSON.stringify(findings, undefined, 2)}\n`;

export const formatFindings = (
  format: Format,
  findings: readonly ReportedFinding[],
  version: string,
  rules: () => readonly RuleInfo[],
): string => {
  switch (format) {
    case 'text':
      return formatText(findings);
    case 'json':
      return formatJson(findings);
    case 'sarif':
      return formatSarif(findings, rules(), version);
    case 'github':
      return formatGithub(findings);
  }
};
