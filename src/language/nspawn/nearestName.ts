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

/** The name that was probably meant, or undefined when none is close. Case, `_` and `-` count for nothing. */
export const nearestName = (written: string, names: Iterable<string>): string | undefined => {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_ ]/gu, '');
  const wanted = plain(written);
  if (wanted.length < 2 || wanted.length > 40) return undefined;
  const limit = wanted.length < 5 ? 1 : wanted.length < 10 ? 2 : 3;
  let nearest: string | undefined;
  let least = limit + 1;
  for (const name of names) {
    const steps = distance(wanted, plain(name), Math.min(limit, least));
    if (steps >= least) continue;
    least = steps;
    nearest = name;
  }
  return nearest;
};
