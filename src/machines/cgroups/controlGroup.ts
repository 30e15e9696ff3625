/** One mounted hierarchy of control groups: the one of v2, or one of v1, which has some controllers or only a name. */
export interface Hierarchy {
  readonly version: 1 | 2;
  /** Absolute, such as `/sys/fs/cgroup` or `/sys/fs/cgroup/memory`. */
  readonly mountPoint: string;
  /**
   * The group that the mount point shows, as `/proc/PID/cgroup` names it: absent where that is the root of the hierarchy,
   * else such as `/box` where only that subtree is mounted, or `/..` where the mount shows more than this cgroup namespace.
   */
  readonly root?: string;
  /** Sorted. Of v2 those that its root offers; of v1 those that are mounted together here. Empty in a v1 hierarchy that only has a name. */
  readonly controllers: readonly string[];
  /** Of a named v1 hierarchy, such as `systemd`. */
  readonly name?: string;
}

/** A group by its name only; what changes about it is asked when it is needed. */
export interface ControlGroup {
  readonly hierarchy: Hierarchy;
  /** From the mount point, such as `/system.slice/ssh.service`; `/` is the root of the hierarchy. Never ends in `/` otherwise. */
  readonly path: string;
}
