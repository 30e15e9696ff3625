import sets from './valueSets.json' with { type: 'json' };
import type { ValueSets } from './types.ts';

/** The words that values of `.nspawn` files are made of, read from the sources of systemd. */
export const valueSets = sets as ValueSets;
