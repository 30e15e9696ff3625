import type { FileType } from '../fileType.ts';
import { hintsOfLxc } from './hints.ts';
import { hostPathsOfLxc } from './hostPaths.ts';
import { judgedLxc } from './judgedType.ts';
import { layOutLxc, meaningOfSetting } from './layOut.ts';
import { tokensOfLxc } from './tokens.ts';
import { lxcVocabulary } from './vocabulary.ts';

/** The row of its file type in fileTypes.ts. */
export const lxcFileType: FileType = {
  ...judgedLxc,
  layOut: layOutLxc,
  meaning: meaningOfSetting,
  // `lxc.net.0` of all keys of that device, `lxc.mount` of its kinds.
  family: ({ key }) => /^lxc\.(?:net\.\d+|[^.]*)/u.exec(key)?.[0] ?? key,
  hostPaths: hostPathsOfLxc,
  tokens: tokensOfLxc,
  hints: hintsOfLxc,
  vocabulary: lxcVocabulary,
};
