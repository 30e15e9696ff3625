/**
 * Tables of parameters, reviewed by hand with Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/*.rst of Linux, and with
 * the tables of files (struct cftype) and the checks of ranges in its C.
 */
import type { CgroupParameter, CgroupVersion } from '../../cgroupTypes.ts';

/** What is left out is empty. */
export type ParameterRow = Omit<CgroupParameter, 'controller' | 'version' | 'equivalents' | 'systemd'> &
  Partial<Pick<CgroupParameter, 'equivalents' | 'systemd'>>;

export interface ParameterRows {
  readonly controller: string;
  readonly version: CgroupVersion;
  readonly rows: readonly ParameterRow[];
}
