import { groupNavigation } from '../cgroups/navigation.ts';
import type { FileType } from '../fileType.ts';
import { coloursOfCgconfig } from './colours.ts';
import { hintsOfCgconfig } from './hints.ts';
import { hostPathsOfCgconfig } from './hostPaths.ts';
import { judgedCgconfig } from './judgedType.ts';
import { layOutCgconfig } from './layOut.ts';
import { conversionsOfCgconfig } from './migrate/conversions.ts';
import { cgconfigVocabulary } from './vocabulary.ts';

/** The row of its file type in fileTypes.ts. */
export const cgconfigFileType: FileType = {
  ...judgedCgconfig,
  layOut: layOutCgconfig,
  conversions: conversionsOfCgconfig,
  hostPaths: hostPathsOfCgconfig,
  navigation: groupNavigation,
  tokens: coloursOfCgconfig,
  hints: hintsOfCgconfig,
  vocabulary: cgconfigVocabulary,
};
