/** What a host's supervisor is told on its command line, as JSON. */
export interface SupervisorTask {
  readonly name: string;
  /** The file system of the host; it is never written to. */
  readonly rootfs: string;
  /** A file that will hold the pool of images; it is removed as soon as it is mounted. */
  readonly poolFile: string;
  /** Size of the pool, as `truncate` takes it. The file is sparse. */
  readonly poolSize: string;
  readonly consoleLog: string;
  readonly binds: readonly Bind[];
  /** Whether the host gets a group of its own in every cgroup v1 hierarchy of this machine, below `v1Directory`. */
  readonly v1: boolean;
  /** Whether the host has LXC, whose containers lie on no overlay: they make overlays themselves. */
  readonly lxc: boolean;
}

/** Where a host sees its part of the cgroup v1 hierarchies: `memory`, `pids` and so on. */
export const v1Directory = '/srv/cgroup-v1';

/** A directory or file of this machine that is seen inside the host. */
export interface Bind {
  readonly source: string;
  /** Where it is seen; the same path when left out. Not under /run, /tmp, /dev, /proc or /sys: the host mounts there. */
  readonly target?: string;
  readonly writable?: boolean;
}

/** What the supervisor says, one JSON line each. */
export type SupervisorMessage =
  | { readonly kind: 'leader'; readonly pid: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'ended' };
