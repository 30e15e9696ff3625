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
  /** What is only asked for a container of LXC. */
  readonly ofContainers?: {
    /** Plain files whose beginning is read, each once. */
    readonly texts: readonly string[];
    /** Paths in the root file system of a container, whose own links lead nowhere else. */
    readonly inside?: { readonly root: string; readonly paths: readonly string[] };
  };
}

/** What lies at a path; of an upper directory also whether it lies on an overlay file system, or is where something is mounted. */
export type FoundPath = 'directory' | 'onOverlay' | 'mountPoint' | 'other' | 'absent';

/** What lies at a path of a container; a program is a plain file that somebody may run. */
export type FoundInside = 'directory' | 'program' | 'plain' | 'other' | 'absent';

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
  /** Which of the paths are plain files, and which of these can be run. */
  readonly plain?: ReadonlyMap<string, 'plain' | 'program'>;
  /** The first 64 KiB of those that could be read. */
  readonly texts?: ReadonlyMap<string, string>;
  readonly inside?: ReadonlyMap<string, FoundInside>;
  /** The containers of LXC that run. */
  readonly containers?: ReadonlySet<string>;
}

/** Nobody has looked, or nothing was seen. */
export const nothingNamed: NamedOnHost = { paths: new Map(), users: new Map(), runs: false };

/** Whether there is nothing to look for. */
export const namesNothing = ({ interfaces, paths, users, ofContainers }: HostNames): boolean =>
  !interfaces &&
  paths.length === 0 &&
  users.length === 0 &&
  (ofContainers === undefined || (ofContainers.texts.length === 0 && ofContainers.inside === undefined));
