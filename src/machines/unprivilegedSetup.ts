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

/** A number of the container as one of the host. */
export interface WantedId {
  readonly of: 'u' | 'g';
  readonly inside: number;
  readonly outside: number;
}

/** `count` numbers, one after the other. */
export interface MappedRange extends WantedId {
  readonly count: number;
}

export interface AccountMapping {
  /** The configuration of a container. */
  readonly text: string;
  /** The values of all lines `lxc.idmap` that count, in their order, where files that it includes have some of them. */
  readonly counting?: readonly string[];
  readonly wanted: readonly WantedId[];
  /** Who starts the container. */
  readonly user: HostUser;
  readonly subuid: string;
  readonly subgid: string;
}

/** A line that subuid(5) or subgid(5) lacks, and what writes it. */
interface MissingRange {
  readonly path: string;
  readonly line: string;
  readonly remedy: Remedy;
}

export interface MappedAccounts {
  readonly text: string;
  /** The whole map, users first. */
  readonly ranges: readonly MappedRange[];
  /** Numbers of the container that were others on the host: to whom files of the root file system belong does not change by itself. */
  readonly moved: readonly {
    readonly of: 'u' | 'g';
    readonly inside: number;
    readonly from: number;
    readonly to: number;
  }[];
  /** What does not allow who starts the container all of the map. */
  readonly missing: readonly MissingRange[];
}
