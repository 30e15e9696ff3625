import { blockRules, checkBlocks } from '../cgroups/blockRules.ts';
import { together } from '../cgroups/groupSet.ts';
import type { FileType } from '../fileType.ts';
import { once } from '../once.ts';
import { checkCgconfig, mountAndNamespace, repeatedNamespace } from './check.ts';
import { groupRules } from './groupRules.ts';
import { hostRules } from './hostRules.ts';
import { limitRules } from './limitRules.ts';
import { mountRules } from './mountRules.ts';
import { parameterRules } from './parameterRules.ts';
import { parseCgconfig } from './parse.ts';
import { permRules } from './permRules.ts';
import { cgconfigSyntaxRules } from './syntaxRules.ts';
import { systemdRules } from './systemdRules.ts';

const rulesInOrder = once(() =>
  [
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
  ].sort((a, b) => (a.id < b.id ? -1 : 1)),
);

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedCgconfig: FileType = {
  languageId: 'cgconfig',
  parse: parseCgconfig,
  get rules() {
    return rulesInOrder();
  },
  check: checkCgconfig,
  checkTogether: together(checkBlocks),
};
