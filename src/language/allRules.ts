import { ignoreCommentRules } from './features/ignoreComments.ts';
import { fileTypes } from './fileTypes.ts';
import type { RuleInfo } from './finding.ts';

const byId = new Map<string, RuleInfo>();
for (const rule of [...ignoreCommentRules, ...fileTypes.flatMap(({ rules }) => rules)])
  if (!byId.has(rule.id)) byId.set(rule.id, rule);

/** Every rule of every file type, each once, in the order of their identifiers. */
export const allRules: readonly RuleInfo[] = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
