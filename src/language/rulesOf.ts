import { ignoreCommentRules } from './features/ignoreComments.ts';
import { limitRules } from './limits.ts';
import type { FileType } from './fileType.ts';
import type { RuleInfo } from './finding.ts';

/** Every rule of those file types, each once, in the order of their identifiers. */
export const rulesOf = (types: readonly FileType[]): readonly RuleInfo[] => {
  const byId = new Map<string, RuleInfo>();
  for (const rule of [...ignoreCommentRules, ...limitRules, ...types.flatMap(({ rules }) => rules)])
    if (!byId.has(rule.id)) byId.set(rule.id, rule);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};
