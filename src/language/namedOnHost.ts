import type { Span } from './document.ts';

/** A path of the host that a text names. */
export interface HostPath extends Span {
  /** Absolute, without the escapes of the text. */
  readonly path: string;
}

/** What a text names of the host that it is for. */
export interface HostNames {
  /** Whether it names network interfaces, be it as a bridge. */
  readonly interfaces: boolean;
  /** Absolute paths, each once. */
  readonly paths: readonly string[];
  /** Those of the paths that are the upper directory of an overlay. */
  readonly uppers: readonly string[];
  /** Users that are brought into the machine, each once. */
  readonly users: readonly string[];
}

/** What lies at a path; of an upper directory also whether it lies on an overlay file system, or is where something is mounted. */
export type FoundPath = 'directory' | 'onOverlay' | 'mountPoint' | 'other' | 'absent';

/** Whether a user can be brought in: it needs a group with its own number, and a home directory. */
export type FoundUser = 'fits' | 'absent' | 'otherGroup' | 'homeless';

/** What was found of that. Of what is not in there nobody knows whether it is there, so nothing is said of it. */
export interface NamedOnHost {
  /** Every network interface; `unknown` for a second name that one may have. Undefined where they cannot be seen. */
  readonly interfaces?: ReadonlyMap<string, 'bridge' | 'other' | 'unknown'>;
  readonly paths: ReadonlyMap<string, FoundPath>;
  readonly users: ReadonlyMap<string, FoundUser>;
  /** Whether the machine runs: the interfaces that it was given are not on the host then. */
  readonly runs: boolean;
}

/** Nobody has looked, or nothing was seen. */
export const nothingNamed: NamedOnHost = { paths: new Map(), users: new Map(), runs: false };

/** Whether there is nothing to look for. */
export const namesNothing = ({ interfaces, paths, users }: HostNames): boolean =>
  !interfaces && paths.length === 0 && users.length === 0;
