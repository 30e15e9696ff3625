/** How many of ascending items stand at or before `limit`, found without a look at all of them. */
export const countUpTo = <One>(items: readonly One[], placeOf: (one: One) => number, limit: number): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = items[middle];
    if (one !== undefined && placeOf(one) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The last of ascending items that stands at or before `limit`. */
export const lastUpTo = <One>(items: readonly One[], placeOf: (one: One) => number, limit: number): One | undefined =>
  items[countUpTo(items, placeOf, limit) - 1];

const blanks = ' \t';

/** Where blanks in front of `end` begin. A pattern for blanks at an end would be tried anew at every blank. */
export const beforeBlanks = (text: string, end: number, characters: string = blanks): number => {
  let at = end;
  while (at > 0 && characters.includes(text.charAt(at - 1))) at--;
  return at;
};
