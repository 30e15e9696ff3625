import type { Run } from './command.ts';

/** What has to be there before a user may run containers without privileges, in the order in which it is needed. */
export type UnprivilegedNeed =
  | 'subuid'
  | 'subgid'
  | 'newuidmap'
  | 'newgidmap'
  | 'userNamespaces'
  | 'appArmor'
  | 'networkQuota'
  | 'bridge'
  | 'defaultConfig'
  | 'directories'
  | 'controlGroup';

/** What mends it. */
export interface Remedy {
  readonly as: 'root' | 'user';
  readonly call: { readonly file: string; readonly args: readonly string[] };
  /** What the call writes, where its arguments do not tell a person. */
  readonly writes?: {
    readonly path: string;
    readonly lines: readonly string[];
    /** The key of the lines there that make room for them. */
    readonly replaces?: string;
  };
  /** It holds for every user of the host, and not for this one alone. */
  readonly forAll?: true;
}

export interface UnprivilegedFinding {
  readonly need: UnprivilegedNeed;
  /** `unneeded`: these containers do without it. `unknown`: this user cannot tell. */
  readonly state: 'fine' | 'missing' | 'unneeded' | 'unknown';
  /** What was found or is missing: a range, a path, a value, a bridge. */
  readonly about: string;
  /** Absent where nobody knows one that holds on every system. */
  readonly remedy?: Remedy;
}

/** A user of this host. */
export interface HostUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

export interface UnprivilegedSetup {
  /** Looks at all of it, in its order. Nothing is changed. */
  readonly check: (run: Run, user: HostUser) => Promise<readonly UnprivilegedFinding[]>;
}
