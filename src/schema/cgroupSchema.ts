import cgroupParameters from './cgroupParameters.json' with { type: 'json' };
import type { CgroupSchema } from './cgroupTypes.ts';

/** The files of control groups, v1 and v2. */
export const cgroupSchema = cgroupParameters as CgroupSchema;
