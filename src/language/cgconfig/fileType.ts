import { groupNavigation } from '../cgroups/navigation.ts';
import type { FileType } from '../fileType.ts';
import { coloursOfCgconfig } from './colours.ts';
import { hintsOfCgconfig } from './hints.ts';
import { judgedCgconfig } from './judgedType.ts';
import { layOutCgconfig } from './layOut.ts';
import { conversionsOfCgconfig } from './migrate/conversions.ts';
import { cgconfigVocabulary } from './vocabulary.ts';
import type { ConfigDocument } from '../document.ts';
import type { HostPath } from '../namedOnHost.ts';

/** Where controllers are mounted. */
const hostPathsOfCgconfig = ({ sections }: ConfigDocument): readonly HostPath[] =>
  sections.flatMap(({ keyword, entries }) =>
    keyword !== 'mount'
      ? []
      : entries.flatMap(({ value, valueStart: start, valueEnd: end }) =>
          value.startsWith('/') ? [{ path: value, start, end }] : [],
        ),
  );

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
