/** What a row is sorted by: `rank` first, smallest on top, then the name. */
export interface RowKey {
  readonly rank: number;
  readonly name: string;
  /** Tells rows of one name apart, such as an image and a machine that runs from another one. */
  readonly kind?: string;
}

// One collator, because making one costs more than a thousand comparisons with it.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Numbers in names count as numbers; names that a collator thinks equal are still told apart, so the order is total. */
export const compareRows = (one: RowKey, other: RowKey): number => {
  if (one.rank !== other.rank) return one.rank < other.rank ? -1 : 1;
  const byName = collator.compare(one.name, other.name);
  if (byName !== 0) return byName;
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  const [kind, otherKind] = [one.kind ?? '', other.kind ?? ''];
  return kind < otherKind ? -1 : kind === otherKind ? 0 : 1;
};

/** The rank that puts larger values on top and unknown ones at the end. */
export const largestFirst = (value: number | undefined): number => (value === undefined ? Infinity : -value);

/** Where a row with this key is, or would have to be put, in a sorted list: a dozen comparisons for a thousand rows. */
export const findPlace = (rows: readonly RowKey[], key: RowKey): number => {
  const range = { low: 0, high: rows.length };
  while (range.low < range.high) {
    const middle = (range.low + range.high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && compareRows(row, key) < 0) range.low = middle + 1;
    else range.high = middle;
  }
  return range.low;
};

/** A test for names: all words of the filter must be in it, in any case and order. */
export const nameFilter = (filter: string): ((name: string) => boolean) => {
  const words = filter
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return (name) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
};
