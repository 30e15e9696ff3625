import type { Backends } from './backend.ts';
import { lxc } from './lxc/backend.ts';
import { nspawn } from './nspawn/backend.ts';
import { nspawnOfUser } from './nspawn/user/backend.ts';

/** A row for each kind of machines, or for each of its scopes. */
export const backends: Backends = [nspawn, nspawnOfUser, lxc];
