/** Random choices that come out the same for the same seed. */
export interface Random {
  /** A whole number from 0 to below the bound. */
  readonly below: (bound: number) => number;
  /** True once in so many times. */
  readonly onceIn: (times: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** So many picks, at least `least` and at most `most`. */
  readonly several: <Item>(least: number, most: number, make: () => Item) => Item[];
}

/** Mulberry32: a small generator with 32 bits of state, good enough to choose test texts. */
export const createRandom = (seed: number): Random => {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => next() % bound;
  return {
    below,
    onceIn: (times) => below(times) === 0,
    pick: (items) => {
      if (items.length === 0) throw new Error('nothing to pick from');
      return items[below(items.length)] as (typeof items)[number];
    },
    several: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make),
  };
};
