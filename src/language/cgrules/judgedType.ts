import { checkDestinations, destinationRules } from '../cgroups/destinationRules.ts';
import { together } from '../cgroups/groupSet.ts';
import type { FileType } from '../fileType.ts';
import { once } from '../once.ts';
import { checkCgrules } from './check.ts';
import { lineCut } from './cutLines.ts';
import { cgrulesHostRules } from './hostRules.ts';
import { parseCgrules } from './parse.ts';
import { lineRules } from './rules.ts';

const rulesInOrder = once(() =>
  [...lineRules, lineCut, ...cgrulesHostRules, ...destinationRules].sort((a, b) => (a.id < b.id ? -1 : 1)),
);

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedCgrules: FileType = {
  languageId: 'cgrules',
  parse: parseCgrules,
  get rules() {
    return rulesInOrder();
  },
  check: checkCgrules,
  checkTogether: together(checkDestinations),
};
