import { compareRows, findPlace, type RowKey } from './rowOrder.ts';
import { type ImageNode, type MachineNode, nodeId } from './node.ts';

export interface PlacedRow extends RowKey {
  readonly node: MachineNode | ImageNode;
  readonly group: string;
}

/** The rows of every group, sorted at all times, so that a list is handed out and one row changes without sorting again. */
export interface RowLists {
  readonly groups: ReadonlyMap<string, readonly PlacedRow[]>;
  get(id: string): PlacedRow | undefined;
  /**
   * Puts a row where it belongs, keeping the node object that VS Code already knows; returns the groups whose list has
   * changed: none when only what the row shows can have changed, two when it went from one group to another.
   */
  place(row: PlacedRow): readonly string[];
  remove(id: string): readonly string[];
  clear(): void;
}

export const createRowLists = (): RowLists => {
  const groups = new Map<string, PlacedRow[]>();
  const rows = new Map<string, PlacedRow>();

  const takeOut = (id: string, row: PlacedRow): void => {
    rows.delete(id);
    const list = groups.get(row.group);
    if (list === undefined) return;
    list.splice(findPlace(list, row), 1);
    if (list.length === 0) groups.delete(row.group);
  };

  return {
    groups,
    get: (id) => rows.get(id),
    place: (wanted) => {
      const id = nodeId(wanted.node);
      const old = rows.get(id);
      if (old?.group === wanted.group && compareRows(old, wanted) === 0) return [];
      if (old !== undefined) takeOut(id, old);
      const row = old === undefined ? wanted : { ...wanted, node: old.node };
      const list = groups.get(row.group) ?? [];
      groups.set(row.group, list);
      list.splice(findPlace(list, row), 0, row);
      rows.set(id, row);
      return old === undefined || old.group === row.group ? [row.group] : [old.group, row.group];
    },
    remove: (id) => {
      const old = rows.get(id);
      if (old === undefined) return [];
      takeOut(id, old);
      return [old.group];
    },
    clear: () => {
      groups.clear();
      rows.clear();
    },
  };
};
