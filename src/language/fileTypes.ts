import { checkCgconfig } from './cgconfig/check.ts';
import { coloursOfCgconfig } from './cgconfig/colours.ts';
import { hintsOfCgconfig } from './cgconfig/hints.ts';
import { hostPathsOfCgconfig } from './cgconfig/hostPaths.ts';
import { layOutCgconfig } from './cgconfig/layOut.ts';
import { conversionsOfCgconfig } from './cgconfig/migrate/conversions.ts';
import { parseCgconfig } from './cgconfig/parse.ts';
import { cgconfigRules } from './cgconfig/rules.ts';
import { cgconfigVocabulary } from './cgconfig/vocabulary.ts';
import { checkCgrules, cgrulesRules } from './cgrules/check.ts';
import { hintsOfCgrules } from './cgrules/hints.ts';
import { layOutCgrules, meaningOfRule } from './cgrules/layOut.ts';
import { parseCgrules } from './cgrules/parse.ts';
import { checkBlocks } from './cgroups/blockRules.ts';
import { checkDestinations } from './cgroups/destinationRules.ts';
import { tokensOfCgrules } from './cgrules/tokens.ts';
import { cgrulesVocabulary } from './cgrules/vocabulary.ts';
import type { FileType, LanguageId } from './fileType.ts';
import { checkNspawn } from './nspawn/check.ts';
import { hintsOfNspawn } from './nspawn/hints.ts';
import { hostPathsOfNspawn } from './nspawn/hostPaths.ts';
import { layOutNspawn } from './nspawn/layOut.ts';
import { parseNspawn } from './nspawn/parse.ts';
import { nspawnRules } from './nspawn/rules.ts';
import { rewriteNspawn } from './nspawn/rewrites.ts';
import { tokensOfNspawn } from './nspawn/tokens.ts';
import { nspawnVocabulary } from './nspawn/vocabulary.ts';

/** One row a file type. */
export const fileTypes: readonly FileType[] = [
  {
    languageId: 'nspawn',
    parse: parseNspawn,
    rules: nspawnRules,
    check: checkNspawn,
    layOut: layOutNspawn,
    rewrites: rewriteNspawn,
    hostPaths: hostPathsOfNspawn,
    tokens: tokensOfNspawn,
    hints: hintsOfNspawn,
    vocabulary: nspawnVocabulary,
  },
  {
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
  },
  {
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
  },
];

export const fileTypeOf = (languageId: LanguageId): FileType | undefined =>
  fileTypes.find((type) => type.languageId === languageId);
