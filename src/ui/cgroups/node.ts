import type { ControlGroup } from '../../machines/cgroups/controlGroup.ts';

/**
 * What a row of the view of control groups stands for. As in the view of machines, nodes carry names only. The kinds differ
 * from those of that view, so that a handler can tell which view a row came from.
 */
export type CgroupNode = HierarchyNode | ControlGroupNode | ProcessNode | NoteNode;

/** The root of a hierarchy. */
export interface HierarchyNode {
  readonly kind: 'hierarchy';
  /** Its path is `/`. */
  readonly group: ControlGroup;
}

export interface ControlGroupNode {
  readonly kind: 'controlGroup';
  readonly group: ControlGroup;
}

export interface ProcessNode {
  readonly kind: 'process';
  /** The group that it is in. */
  readonly group: ControlGroup;
  readonly pid: number;
  /** Clock ticks since boot: together with the PID it names one process for good. */
  readonly startTime: string;
}

/** A line that says why there is nothing, or that there is more. */
export interface NoteNode {
  readonly kind: 'cgroupNote';
  readonly group: ControlGroup;
  readonly message: string;
}

/** Stable for the life of the thing it names. */
export const cgroupNodeId = (node: CgroupNode): string => {
  // No name of a group holds a slash, so that two of them part what stands before from what stands behind.
  const place = `${node.group.hierarchy.mountPoint}/${node.group.path}`;
  switch (node.kind) {
    case 'hierarchy':
    case 'controlGroup':
      return `controlGroup:${place}`;
    case 'process':
      return `process:${place}//${node.pid}/${node.startTime}`;
    case 'cgroupNote':
      return `note:${place}//${node.message}`;
  }
};
