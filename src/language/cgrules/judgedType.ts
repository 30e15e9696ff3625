import { checkDestinations } from '../cgroups/destinationRules.ts';
import type { FileType } from '../fileType.ts';
import { checkCgrules, cgrulesRules } from './check.ts';
import { parseCgrules } from './parse.ts';

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedCgrules: FileType = {
  languageId: 'cgrules',
  parse: parseCgrules,
  rules: cgrulesRules,
  check: checkCgrules,
  checkTogether: checkDestinations,
};
