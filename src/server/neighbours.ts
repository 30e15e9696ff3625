import { factsOf } from '../language/cgroups/groupFacts.ts';
import { groupFileOf } from '../language/cgroups/groupFile.ts';
import { defaultContext } from '../language/context.ts';
import { setPlaceOfUri, type GroupSets } from './groupSets.ts';
import type { OpenFiles } from './openFiles.ts';

/** Tells which other open files have to be judged anew after a change of one. */
export interface Neighbours {
  /** Those beside a file, if what it says of groups is not what it said the last time. */
  readonly afterChange: (uri: string) => readonly string[];
  /** Those beside a file that is closed now: what is on disk counts again. */
  readonly afterClose: (uri: string) => readonly string[];
}

export const createNeighbours = ({ get }: OpenFiles, { openBeside }: GroupSets): Neighbours => {
  const said = new Map<string, string>();
  return {
    afterChange: (uri) => {
      const beside = openBeside(uri);
      const file = beside.length === 0 ? undefined : get(uri);
      // Which version reads it makes no difference for whether something has changed.
      const facts = file && groupFileOf(file, setPlaceOfUri(uri)?.name ?? '', defaultContext.libcgroupVersion);
      if (facts === undefined) return [];
      const now = factsOf(facts);
      if (said.get(uri) === now) return [];
      said.set(uri, now);
      return beside;
    },
    afterClose: (uri) => {
      said.delete(uri);
      return openBeside(uri);
    },
  };
};
