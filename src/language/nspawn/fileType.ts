import type { FileType } from '../fileType.ts';
import { checkNspawn } from './check.ts';
import { namesOutside } from './directives.ts';
import { hintsOfNspawn } from './hints.ts';
import { hostPathsOfNspawn } from './hostPaths.ts';
import { layOutNspawn } from './layOut.ts';
import { parseNspawn } from './parse.ts';
import { rewriteNspawn } from './rewrites.ts';
import { nspawnRules } from './rules.ts';
import { tokensOfNspawn } from './tokens.ts';
import { nspawnVocabulary } from './vocabulary.ts';

/** The row of its file type in fileTypes.ts; a module of its own, so that the linter loads no more than it needs. */
export const nspawnFileType: FileType = {
  languageId: 'nspawn',
  parse: parseNspawn,
  rules: nspawnRules,
  check: checkNspawn,
  namesOutside,
  layOut: layOutNspawn,
  rewrites: rewriteNspawn,
  hostPaths: hostPathsOfNspawn,
  tokens: tokensOfNspawn,
  hints: hintsOfNspawn,
  vocabulary: nspawnVocabulary,
};
