import type { RuleInfo } from '../finding.ts';
import { valueRules } from '../values/valueKinds.ts';
import { cancelledRules } from './crossRules/cancelled.ts';
import { mappedBindRules } from './crossRules/mappedBinds.ts';
import { refusalRules } from './crossRules/refusals.ts';
import { surpriseRules } from './crossRules/surprises.ts';
import { keyRules } from './keyRules.ts';
import { placeRules } from './placeRules.ts';
import { repeatRules } from './repeatRules.ts';
import { sectionRules } from './sectionRules.ts';
import { syntaxRules } from './syntaxRules.ts';

/** Every rule for `.nspawn` files, in the order of their identifiers. */
export const nspawnRules: readonly RuleInfo[] = [
  ...syntaxRules,
  ...sectionRules,
  ...keyRules,
  ...valueRules,
  ...repeatRules,
  ...refusalRules,
  ...cancelledRules,
  ...mappedBindRules,
  ...surpriseRules,
  ...placeRules,
].sort((a, b) => (a.id < b.id ? -1 : 1));
