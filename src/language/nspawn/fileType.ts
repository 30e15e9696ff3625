import * as l10n from '@vscode/l10n';
import type { FileType } from '../fileType.ts';
import { hintsOfNspawn } from './hints.ts';
import { hostPathsOfNspawn } from './hostPaths.ts';
import { judgedNspawn } from './judgedType.ts';
import { layOutNspawn } from './layOut.ts';
import { rewriteNspawn } from './rewrites.ts';
import { tokensOfNspawn } from './tokens.ts';
import { nspawnVocabulary } from './vocabulary.ts';

/** The row of its file type in fileTypes.ts. */
export const nspawnFileType: FileType = {
  ...judgedNspawn,
  layOut: layOutNspawn,
  rewrites: rewriteNspawn,
  // Few want it, so it is offered at the first header alone.
  conversions: ({ sections: [first] }, { start }) =>
    first === undefined || start < first.start || start > first.headerEnd
      ? []
      : [{ title: l10n.t('Convert to LXC'), command: 'nspawn.migrateNspawnToLxc' }],
  hostPaths: hostPathsOfNspawn,
  tokens: tokensOfNspawn,
  hints: hintsOfNspawn,
  vocabulary: nspawnVocabulary,
};
