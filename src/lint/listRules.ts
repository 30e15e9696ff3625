import { fileTypes } from '../language/fileTypes.ts';
import type { RuleInfo } from '../language/finding.ts';

/** Every rule once, in the order of their identifiers. */
export const allRules = (): readonly RuleInfo[] => {
  const rules = new Map(fileTypes.flatMap((type) => type.rules.map((rule) => [rule.id, rule] as const)));
  return [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** One line a rule: identifier, severity, effect, title, and the file types that have it. */
export const listRules = (): string => {
  const rules = allRules();
  const widest = Math.max(...rules.map(({ id }) => id.length));
  const line = (rule: RuleInfo): string => {
    const types = fileTypes.filter((type) => type.rules.some(({ id }) => id === rule.id));
    const words = types.map(({ languageId }) => languageId).join(',');
    return `${rule.id.padEnd(widest)}  ${rule.severity.padEnd(7)}  ${rule.effect.padEnd(13)}  ${words.padEnd(8)}  ${rule.title}\n`;
  };
  return rules.map(line).join('');
};
