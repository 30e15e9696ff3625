/**
 * What a row of the tree stands for. Nodes carry ids only: everything that changes is looked up in the inventory when
 * the row is drawn, so that ids are stable and selection and expansion survive a refresh.
 */
export type Node = RowGroupNode | MachineNode | ImageNode | DetailNode | ProblemNode;

export interface RowGroupNode {
  readonly kind: 'group';
  /** `running`, `images`, `os/debian`, `slice/machine.slice`. */
  readonly group: string;
}

export interface MachineNode {
  readonly kind: 'machine';
  /** That of the machine. */
  readonly id: string;
}

export interface ImageNode {
  readonly kind: 'image';
  /** That of the image. */
  readonly id: string;
}

export type DetailKind =
  | 'address'
  | 'withheld'
  | 'unit'
  | 'leader'
  | 'cgroup'
  | 'rootDirectory'
  | 'nspawnFile'
  | 'journal'
  | 'path'
  | 'limit'
  | 'created'
  | 'modified'
  | 'boot'
  | 'groups'
  | 'backing'
  | 'snapshots'
  | 'unprivileged'
  | 'configuration'
  | 'log'
  | 'failure';

/** A line below an expanded machine or image. */
export interface DetailNode {
  readonly kind: 'detail';
  readonly owner: MachineNode | ImageNode;
  readonly detail: DetailKind;
  /** Tells several addresses of one machine apart. */
  readonly index: number;
}

/** A failing list becomes a row that says what to do. */
export interface ProblemNode {
  readonly kind: 'problem';
  /** The row below which it stands. */
  readonly owner: MachineNode | ImageNode;
  readonly message: string;
}

/** Stable for the life of the thing it names. */
export const nodeId = (node: Node): string => {
  switch (node.kind) {
    case 'group':
      return `group/${node.group}`;
    case 'machine':
      return `machine/${node.id}`;
    case 'image':
      return `image/${node.id}`;
    case 'detail':
      return `${nodeId(node.owner)}/${node.detail}/${node.index}`;
    case 'problem':
      return `${nodeId(node.owner)}/problem`;
  }
};
