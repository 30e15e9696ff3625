import { blockRules, checkBlocks } from '../cgroups/blockRules.ts';
import { together } from '../cgroups/groupSet.ts';
import type { FileType } from '../fileType.ts';
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

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedCgconfig: FileType = {
  languageId: 'cgconfig',
  parse: parseCgconfig,
  rules: [
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
  ],
  check: checkCgconfig,
  checkTogether: together(checkBlocks),
};
