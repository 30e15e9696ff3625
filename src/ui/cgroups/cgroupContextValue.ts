/**
 * The grammar of `viewItem` in the view of control groups, as tree/contextValue.ts has it for that of machines.
 *
 *   hierarchy:    one of v1 | v2
 *   controlGroup: one of v1 | v2, then unit (systemd of this host made it for a unit, and looks after it) or inside (it lies below
 *                 such a unit that is no slice: whoever runs there has been given the subtree), slice, empty (no process in it or below),
 *                 frozen
 *   process:      kernel (a thread of the kernel, which can neither be moved nor killed)
 *   cgroupNote:   nothing
 */
export const cgroupItemFlags = {
  hierarchy: ['v1', 'v2'],
  controlGroup: ['v1', 'v2', 'unit', 'inside', 'slice', 'empty', 'frozen'],
  process: ['kernel'],
  cgroupNote: [],
} as const satisfies Record<string, readonly string[]>;

export type CgroupItemKind = keyof typeof cgroupItemFlags;
export type CgroupItemFlag<Kind extends CgroupItemKind> = (typeof cgroupItemFlags)[Kind][number];

/** The value of a row, flags in the order of the grammar whatever order they are given in. */
export const cgroupContextValue = <Kind extends CgroupItemKind>(
  kind: Kind,
  flags: Iterable<CgroupItemFlag<Kind>>,
): string => {
  const wanted = new Set<string>(flags);
  return [kind, ...cgroupItemFlags[kind].filter((flag) => wanted.has(flag))].join(';');
};
