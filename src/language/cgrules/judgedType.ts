import { checkDestinations, destinationRules } from '../cgroups/destinationRules.ts';
import { together } from '../cgroups/groupSet.ts';
import type { FileType } from '../fileType.ts';
import { checkCgrules } from './check.ts';
import { lineCut } from './cutLines.ts';
import { cgrulesHostRules } from './hostRules.ts';
import { parseCgrules } from './parse.ts';
import { lineRules } from './rules.ts';

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedCgrules: FileType = {
  languageId: 'cgrules',
  parse: parseCgrules,
  rules: [...lineRules, lineCut, ...cgrulesHostRules, ...destinationRules],
  check: checkCgrules,
  checkTogether: together(checkDestinations),
};
