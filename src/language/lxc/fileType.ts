import * as l10n from '@vscode/l10n';
import type { ConfigDocument, Span } from '../document.ts';
import type { Conversion, FileType } from '../fileType.ts';
import { hintsOfLxc } from './hints.ts';
import { hostPathsOfLxc } from './hostPaths.ts';
import { judgedLxc } from './judgedType.ts';
import { layOutLxc, meaningOfSetting } from './layOut.ts';
import { tokensOfLxc } from './tokens.ts';
import { lxcVocabulary } from './vocabulary.ts';

const mapsAt = ({ loose }: ConfigDocument, { start, end }: Span): boolean =>
  loose.some((entry) => entry.key === 'lxc.idmap' && entry.start <= end && start <= entry.end);

const conversionsOfLxc = (document: ConfigDocument, span: Span): readonly Conversion[] => [
  // What others include is no container.
  ...(document.loose.some(({ key }) => key === 'lxc.rootfs.path')
    ? [{ title: l10n.t('Convert to systemd-nspawn'), command: 'nspawn.migrateLxcToNspawn' }]
    : []),
  ...(mapsAt(document, span)
    ? [{ title: l10n.t('Map a user of this host into the container'), command: 'nspawn.mapAccount' }]
    : []),
];

/** The row of its file type in fileTypes.ts. */
export const lxcFileType: FileType = {
  ...judgedLxc,
  layOut: layOutLxc,
  meaning: meaningOfSetting,
  // `lxc.net.0` of all keys of that device, `lxc.mount` of its kinds.
  family: ({ key }) => /^lxc\.(?:net\.\d+|[^.]*)/u.exec(key)?.[0] ?? key,
  conversions: conversionsOfLxc,
  hostPaths: hostPathsOfLxc,
  tokens: tokensOfLxc,
  hints: hintsOfLxc,
  vocabulary: lxcVocabulary,
};
