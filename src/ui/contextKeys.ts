/** Every context key that we set, for when-clauses in package.json; what the grammar of `viewItem` says is in the tree. */
export const contextKeys = [
  /** The kind of `Availability`; undefined until the view was shown for the first time. */
  'nspawn.availability',
  /** Whether a filter hides rows. */
  'nspawn.filtered',
  /** Whether this window works on a remote host already. */
  'nspawn.remote',
] as const;

export type ContextKey = (typeof contextKeys)[number];
