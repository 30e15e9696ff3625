/** Every context key that we set, for when-clauses in package.json; what the grammar of `viewItem` says is in the tree. */
export const contextKeys = [
  /** The kind of `Availability`; undefined until the view was shown for the first time. */
  'nspawn.availability',
  /** Whether a filter hides rows. */
  'nspawn.filtered',
  /** Whether what is stopped is left out. */
  'nspawn.showRunningOnly',
  /** Whether no kind of machines that is installed here makes new ones; undefined until the view was shown for the first time. */
  'nspawn.cannotCreate',
  /** Whether the word about a systemd with a hole stands above the rows. */
  'nspawn.trustHole',
  /** Whether this window works on a remote host already. */
  'nspawn.remote',
  /** `ready`, `notMounted` or `unsupportedPlatform`; undefined until the view of control groups was shown for the first time. */
  'nspawn.cgroups.availability',
  /** Whether a filter hides groups. */
  'nspawn.cgroups.filtered',
  /** Whether groups are shown in which nothing runs. */
  'nspawn.cgroups.showEmpty',
] as const;

export type ContextKey = (typeof contextKeys)[number];
