import type { Backends } from './backend.ts';
import { lxc } from './lxc/backend.ts';
import { nspawn } from './nspawn/backend.ts';

/** A row for each kind of machines. */
export const backends: Backends = [nspawn, lxc];
