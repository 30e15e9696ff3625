import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleInfo } from '../language/finding.ts';
import { UsageError } from './options.ts';

/**
 * The page of a rule, from the directory of the pages.
 * @throws UsageError where there is no such rule
 */
export const explainRule = (id: string, pages: string, rules: readonly RuleInfo[]): string => {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new UsageError(`there is no rule ${JSON.stringify(id)}; --list-rules shows all`);
  try {
    return readFileSync(join(pages, `${rule.id}.md`), 'utf8');
  } catch {
    // The linter may be used as a single file, without its pages.
    return `# ${rule.id}\n\n${rule.title}\n\nSeverity: ${rule.severity}. Effect: ${rule.effect}.\n`;
  }
};
