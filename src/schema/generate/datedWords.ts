/** Words that come and go between versions, such as those of an enumeration. */
import { SourceProblem } from './cText.ts';
import type { EnumWord } from '../types.ts';

/** What a version has, ascending by version. */
export type WordsByVersion = readonly { readonly version: number; readonly words: readonly string[] }[];

/** When a word came or went, as far as a person has looked it up. */
export type WordHistory = Readonly<Record<string, { readonly since?: number; readonly until?: number }>>;

const between = (what: string, number: number | undefined, after: number, upTo: number): number => {
  if (number !== undefined && number > after && number <= upTo) return number;
  throw new SourceProblem(
    `${what} between ${after} and ${upTo}, but history.ts says ${String(number ?? 'nothing')}: look it up and write it there`,
  );
};

/**
 * The words of all versions, in the order of the newest that has them. `since` is left out where a word is as old as
 * what it belongs to, or older than the oldest version that was read and nobody has looked it up.
 * @throws SourceProblem when the versions read disagree with the history
 */
export const datedWords = (of: string, read: WordsByVersion, history: WordHistory): readonly EnumWord[] => {
  const names = [...new Set([...read].reverse().flatMap(({ words }) => words))];
  const [unknown] = Object.keys(history).filter((name) => !names.includes(name));
  if (unknown !== undefined) throw new SourceProblem(`history.ts dates "${unknown}" of ${of}, which no version has`);
  return names.map((name) => {
    const having = read.filter(({ words }) => words.includes(name)).map(({ version }) => version);
    const [first = 0, last = 0] = [having.at(0), having.at(-1)];
    const before = read.findLast(({ version }) => version < first)?.version;
    const after = read.find(({ version }) => version > last)?.version;
    const { since, until } = history[name] ?? {};
    if (before === undefined && since !== undefined && since > first)
      throw new SourceProblem(`history.ts says that "${name}" of ${of} is there since ${since}, but ${first} has it`);
    const came = before === undefined ? since : between(`"${name}" of ${of} came`, since, before, first);
    const went = after === undefined ? undefined : between(`"${name}" of ${of} went`, until, last - 1, after - 1);
    return { name, ...(came === undefined ? {} : { since: came }), ...(went === undefined ? {} : { until: went }) };
  });
};
