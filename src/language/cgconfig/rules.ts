import { blockRules } from '../cgroups/blockRules.ts';
import type { RuleInfo } from '../finding.ts';
import { mountAndNamespace, repeatedNamespace } from './check.ts';
import { groupRules } from './groupRules.ts';
import { hostRules } from './hostRules.ts';
import { limitRules } from './limitRules.ts';
import { mountRules } from './mountRules.ts';
import { parameterRules } from './parameterRules.ts';
import { permRules } from './permRules.ts';
import { cgconfigSyntaxRules } from './syntaxRules.ts';
import { systemdRules } from './systemdRules.ts';

/** Every rule for cgconfig.conf, in the order of their identifiers. */
export const cgconfigRules: readonly RuleInfo[] = [
  mountAndNamespace,
  repeatedNamespace,
  ...cgconfigSyntaxRules,
  ...blockRules,
  ...groupRules,
  ...hostRules,
  ...limitRules,
  ...mountRules,
  ...parameterRules,
  ...permRules,
  ...systemdRules,
].sort((a, b) => (a.id < b.id ? -1 : 1));
