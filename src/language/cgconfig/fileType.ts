import { checkBlocks } from '../cgroups/blockRules.ts';
import type { FileType } from '../fileType.ts';
import { checkCgconfig } from './check.ts';
import { coloursOfCgconfig } from './colours.ts';
import { hintsOfCgconfig } from './hints.ts';
import { hostPathsOfCgconfig } from './hostPaths.ts';
import { layOutCgconfig } from './layOut.ts';
import { conversionsOfCgconfig } from './migrate/conversions.ts';
import { parseCgconfig } from './parse.ts';
import { cgconfigRules } from './rules.ts';
import { cgconfigVocabulary } from './vocabulary.ts';

/** The row of its file type in fileTypes.ts; a module of its own, so that the linter loads no more than it needs. */
export const cgconfigFileType: FileType = {
  languageId: 'cgconfig',
  parse: parseCgconfig,
  rules: cgconfigRules,
  check: checkCgconfig,
  checkTogether: checkBlocks,
  layOut: layOutCgconfig,
  conversions: conversionsOfCgconfig,
  hostPaths: hostPathsOfCgconfig,
  tokens: coloursOfCgconfig,
  hints: hintsOfCgconfig,
  vocabulary: cgconfigVocabulary,
};
