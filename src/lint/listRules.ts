import type { FileType } from '../language/fileType.ts';
import type { RuleInfo } from '../language/finding.ts';
import { rulesOf } from '../language/rulesOf.ts';

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
