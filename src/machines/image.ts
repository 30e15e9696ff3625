export type ImageType = 'directory' | 'subvolume' | 'raw' | 'block' | 'unknown';

/** An image on disk that a machine can be started from. */
export interface Image {
  /** Its reference as `writeRef` writes it. A machine that is run from it under its own name has the same. */
  readonly id: string;
  /** For one in a configured directory whose name is taken by another image: its path. */
  readonly name: string;
  readonly type: ImageType;
  readonly path: string;
  readonly readOnly: boolean;
  /** Bytes on disk; undefined where nobody counts (a plain directory). */
  readonly usage: number | undefined;
  /** Quota in bytes; undefined where there is none. */
  readonly limit: number | undefined;
  /** Milliseconds since the epoch. */
  readonly created: number | undefined;
  readonly modified: number | undefined;
  /** Known to machined, so that machinectl can act on it; false for one found by reading a configured directory. */
  readonly managed: boolean;
}

/** An image as it once was, kept beside it and removed with it. */
export interface Snapshot {
  readonly name: string;
  /** Milliseconds since the epoch; undefined where nobody has written it down. */
  readonly taken: number | undefined;
  /** What whoever took it has said of it, on one line. */
  readonly comment: string | undefined;
}

/** What the files of a machine say of it, whether it runs or not; undefined where this user may not read them, or they do not say it. */
export interface OwnFiles {
  readonly configuration: string;
  /** Undefined where this user may not read where it is. */
  readonly log: string | undefined;
  readonly unprivileged: boolean | undefined;
  /** Those in which it starts at boot. */
  readonly groups: readonly string[] | undefined;
  /** How its files are kept: `dir`, `btrfs`, `loop`, … */
  readonly backing: string | undefined;
  readonly snapshots: readonly string[] | undefined;
}

/** Hidden as systemd means it: `.host` and every name with a leading dot. */
export const isHidden = (image: Image): boolean => image.name.startsWith('.');
