import { groupNavigation } from '../cgroups/navigation.ts';
import type { FileType } from '../fileType.ts';
import { hintsOfCgrules } from './hints.ts';
import { judgedCgrules } from './judgedType.ts';
import { layOutCgrules, meaningOfRule } from './layOut.ts';
import { tokensOfCgrules } from './tokens.ts';
import { cgrulesVocabulary } from './vocabulary.ts';

/** The row of its file type in fileTypes.ts. */
export const cgrulesFileType: FileType = {
  ...judgedCgrules,
  layOut: layOutCgrules,
  meaning: meaningOfRule,
  navigation: groupNavigation,
  tokens: tokensOfCgrules,
  hints: hintsOfCgrules,
  vocabulary: cgrulesVocabulary,
};
