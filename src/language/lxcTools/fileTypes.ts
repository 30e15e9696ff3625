import type { FileType } from '../fileType.ts';
import { judgedNet, judgedSystem, judgedUsernet } from './judgedTypes.ts';
import { tokensOfNet, tokensOfSystem, tokensOfUsernet } from './tokens.ts';
import { netVocabulary, systemVocabulary, usernetVocabulary } from './vocabulary.ts';

/** The rows of their file types in fileTypes.ts. */
export const lxcToolTypes: readonly FileType[] = [
  { ...judgedSystem, tokens: tokensOfSystem, vocabulary: systemVocabulary },
  { ...judgedUsernet, tokens: tokensOfUsernet, vocabulary: usernetVocabulary },
  { ...judgedNet, tokens: tokensOfNet, vocabulary: netVocabulary },
];
