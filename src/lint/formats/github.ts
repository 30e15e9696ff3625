import type { Severity } from '../../language/finding.ts';
import type { ReportedFinding } from '../report.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * Workflow commands of GitHub Actions: annotations in the change that is looked at.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const formatGithub = (findings: readonly ReportedFinding[]): string =>
  findings
    .map(({ file, line, column, endLine, endColumn, severity, rule, message }) => {
      const place = [`file=${escapeProperty(file)}`, `line=${line}`, `endLine=${endLine}`];
      // Columns are allowed within one line only.
      const columns = line === endLine ? [`col=${column}`, `endColumn=${endColumn}`] : [];
      const properties = [...place, ...columns, `title=${escapeProperty(rule)}`].join(',');
      return `::${commands[severity]} ${properties}::${escapeData(message)}\n`;
    })
    .join('');
