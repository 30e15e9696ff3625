import type { RuleInfo } from '../finding.ts';
import { valueRules } from '../values/valueKinds.ts';
import { keyRules } from './keyRules.ts';
import { sectionRules } from './sectionRules.ts';
import { syntaxRules } from './syntaxRules.ts';

/** Every rule for `.nspawn` files, in the order of their identifiers. */
export const nspawnRules: readonly RuleInfo[] = [...syntaxRules, ...sectionRules, ...keyRules, ...valueRules].sort(
  (a, b) => (a.id < b.id ? -1 : 1),
);
