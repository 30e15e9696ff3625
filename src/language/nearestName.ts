import * as l10n from '@vscode/l10n';

/** How many letters must be put in, taken out, replaced or swapped with their neighbour; at most `limit`, else `limit + 1`. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let steps = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        steps = Math.min(steps, (beforeLast[j - 2] ?? 0) + 1);
      row.push(steps);
      least = Math.min(least, steps);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
};

const plainOf = (name: string): string => name.toLowerCase().replaceAll(/[-_ ]/gu, '');

/** A bit for each character that stands in a text; some share one. */
const charactersOf = (text: string): number => {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= 1 << (text.charCodeAt(at) & 31);
  return bits;
};

const countBits = (bits: number): number => {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
};

/** Names made ready to be compared with what is written. */
export interface ComparableName {
  readonly name: string;
  readonly plain: string;
  readonly characters: number;
}

/** Case, `_` and `-` count for nothing. */
export const comparable = (names: Iterable<string>): readonly ComparableName[] =>
  Array.from(names, (name) => {
    const plain = plainOf(name);
    return { name, plain, characters: charactersOf(plain) };
  });

/** The name that was probably meant, or undefined when none is close. */
export const nearestAmong = (written: string, names: readonly ComparableName[]): string | undefined => {
  if (written.length > 60) return undefined;
  const wanted = plainOf(written);
  if (wanted.length < 2) return undefined;
  const characters = charactersOf(wanted);
  let nearest: string | undefined;
  let least = (wanted.length < 5 ? 1 : wanted.length < 10 ? 2 : 3) + 1;
  for (const { name, plain, characters: others } of names) {
    // Each step brings in or takes out one character at most, so this is a cheap way to know that there are too many.
    if (countBits(characters & ~others) >= least || countBits(others & ~characters) >= least) continue;
    const steps = distance(wanted, plain, least - 1);
    if (steps >= least) continue;
    least = steps;
    nearest = name;
  }
  return nearest;
};

/** The same for names that are wanted so seldom that nobody keeps them ready. */
export const nearestName = (written: string, names: Iterable<string>): string | undefined =>
  nearestAmong(written, comparable(names));

/** A message with the question whether another name was meant, where one is near. */
export const orMeant = (message: string, near: string | undefined): string =>
  near === undefined ? message : `${message} ${l10n.t`Did you mean ${near}?`}`;
