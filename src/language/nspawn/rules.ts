import type { RuleInfo } from '../finding.ts';
import { valueRules } from '../values/valueKinds.ts';

/** Every rule for `.nspawn` files, in the order of their identifiers. */
export const nspawnRules: readonly RuleInfo[] = [...valueRules].sort((a, b) => (a.id < b.id ? -1 : 1));
