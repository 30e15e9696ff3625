import lxcKeys from './lxcKeys.json' with { type: 'json' };
import type { LxcSchema } from './lxcTypes.ts';

/** The keys of LXC's configuration, by the function that reads each. */
export const lxcSchema = lxcKeys as LxcSchema;
