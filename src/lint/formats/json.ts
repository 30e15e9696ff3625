import type { ReportedFinding } from '../report.ts';

/** An array of the findings, and nothing else. */
export const formatJson = (findings: readonly ReportedFinding[]): string =>
  `${JSON.stringify(findings, undefined, 2)}\n`;
