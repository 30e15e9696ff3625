import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ignoreCommentRules } from '../language/features/ignoreComments.ts';
import type { FileType } from '../language/fileType.ts';
import type { RuleInfo } from '../language/finding.ts';
import { untoldRules } from '../language/limits.ts';
import { UsageError } from './options.ts';

/** Every rule of those file types, each once, in the order of their identifiers. */
export const rulesOf = (types: readonly FileType[]): readonly RuleInfo[] => {
  const byId = new Map<string, RuleInfo>();
  for (const rule of [...ignoreCommentRules, ...untoldRules, ...types.flatMap(({ rules }) => rules)])
    if (!byId.has(rule.id)) byId.set(rule.id, rule);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** One line a rule: identifier, severity, effect, title, and the file types that have it. */
export const listRules = (fileTypes: readonly FileType[]): string => {
  const allRules = rulesOf(fileTypes);
  const widest = Math.max(...allRules.map(({ id }) => id.length));
  const line = (rule: RuleInfo): string => {
    const types = fileTypes.filter((type) => type.rules.some(({ id }) => id === rule.id));
    // A rule for comments that ignore rules belongs to no file type, because it is for all of them.
    const words = types.length === 0 ? 'all' : types.map(({ languageId }) => languageId).join(',');
    return `${rule.id.padEnd(widest)}  ${rule.severity.padEnd(7)}  ${rule.effect.padEnd(13)}  ${words.padEnd(8)}  ${rule.title}\n`;
  };
  return allRules.map(line).join('');
};

/**
 * The page of a rule, from the directory of the pages.
 * @throws UsageError where there is no such rule
 */
export const explainRule = (id: string, pages: string, rules: readonly RuleInfo[]): string => {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new UsageError(l10n.t`There is no rule ${JSON.stringify(id)}. --list-rules shows all.`);
  try {
    return readFileSync(join(pages, `${rule.id}.md`), 'utf8');
  } catch {
    // The linter may be used as a single file, without its pages.
    return `# ${rule.id}\n\n${rule.title}\n\n${l10n.t`Severity: ${rule.severity}. Effect: ${rule.effect}.`}\n`;
  }
};
