import { isDeepStrictEqual } from 'node:util';
import type { HostLook, LookAtHost } from '../hostFacts/namedOnHost.ts';
import type { SourceFile } from '../language/fileType.ts';
import { type NamedOnHost, namesNothing } from '../language/namedOnHost.ts';
import { imageDirectories } from '../schema/imageDirectories.ts';
import { machineOf } from '../hostFacts/fileUri.ts';
import type { Situation } from './situations.ts';

/** What open files name of this host, and what of it is there. */
export interface HostLooks {
  /**
   * The situation with what was found the last time. Looks anew where the file names something else than then, and has it judged again
   * when the answer is another one.
   */
  readonly together: (uri: string, file: SourceFile, situation: Situation) => Situation;
  /** Looks anew at what these files name. */
  readonly again: (uris: Iterable<string>) => void;
  readonly forget: (uri: string) => void;
}

interface Known {
  readonly question: Pick<HostLook, 'names' | 'machine'>;
  /** Besides those that systemd knows. */
  readonly images: readonly string[];
  answer: NamedOnHost | undefined;
  isLooking: boolean;
  isStale: boolean;
}

export const createHostLooks = (look: LookAtHost, judge: (uri: string) => void): HostLooks => {
  const known = new Map<string, Known>();
  const questions = new WeakMap<SourceFile, Known['question'] & { readonly of: Situation }>();
  const composed = new WeakMap<Situation, { readonly named: NamedOnHost; readonly situation: Situation }>();

  const begin = (uri: string, one: Known): void => {
    if (one.isLooking) {
      one.isStale = true;
      return;
    }
    one.isLooking = true;
    one.isStale = false;
    void look({ ...one.question, images: [...imageDirectories, ...one.images] }).then((answer) => {
      one.isLooking = false;
      if (known.get(uri) !== one) return;
      if (one.isStale) begin(uri, one);
      if (isDeepStrictEqual(answer, one.answer)) return;
      one.answer = answer;
      judge(uri);
    });
  };

  return {
    together: (uri, file, situation) => {
      if (!situation.ofThisHost || file.type.namesOnHost === undefined) return situation;
      const asked = questions.get(file);
      const question =
        asked?.of === situation
          ? asked
          : {
              of: situation,
              names: file.type.namesOnHost(file.document, situation.context),
              machine: machineOf(uri),
            };
      questions.set(file, question);
      if (namesNothing(question.names)) {
        known.delete(uri);
        return situation;
      }
      const images = situation.imageDirectories;
      const last = known.get(uri);
      const isSame = (before: Known): boolean =>
        before.question.machine === question.machine &&
        isDeepStrictEqual([before.question.names, before.images], [question.names, images]);
      const one: Known =
        last !== undefined && isSame(last)
          ? last
          : // What was found of the other names still holds while somebody looks.
            { question, images, answer: last?.answer, isLooking: false, isStale: false };
      if (one !== last) {
        known.set(uri, one);
        begin(uri, one);
      }
      const named = one.answer;
      if (named === undefined) return situation;
      const before = composed.get(situation);
      if (before?.named === named) return before.situation;
      const after = { ...situation, context: { ...situation.context, named } };
      composed.set(situation, { named, situation: after });
      return after;
    },
    again: (uris) => {
      for (const uri of uris) {
        const one = known.get(uri);
        if (one !== undefined) begin(uri, one);
      }
    },
    forget: (uri) => void known.delete(uri),
  };
};
