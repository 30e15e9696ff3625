import { checkDestinations } from '../cgroups/destinationRules.ts';
import type { FileType } from '../fileType.ts';
import { checkCgrules, cgrulesRules } from './check.ts';
import { hintsOfCgrules } from './hints.ts';
import { layOutCgrules, meaningOfRule } from './layOut.ts';
import { parseCgrules } from './parse.ts';
import { tokensOfCgrules } from './tokens.ts';
import { cgrulesVocabulary } from './vocabulary.ts';

/** The row of its file type in fileTypes.ts; a module of its own, so that the linter loads no more than it needs. */
export const cgrulesFileType: FileType = {
  languageId: 'cgrules',
  parse: parseCgrules,
  rules: cgrulesRules,
  check: checkCgrules,
  checkTogether: checkDestinations,
  layOut: layOutCgrules,
  meaning: meaningOfRule,
  tokens: tokensOfCgrules,
  hints: hintsOfCgrules,
  vocabulary: cgrulesVocabulary,
};
