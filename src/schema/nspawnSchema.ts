import nspawn from './nspawn.json' with { type: 'json' };
import type { NspawnSchema } from './types.ts';

/** Sections and directives of `.nspawn` files, read from the sources of systemd. */
export const nspawnSchema = nspawn as NspawnSchema;
