import type { FocusedRows } from '../focusedRows.ts';
import type { CommandId } from './commandIds.ts';

/** What the keybindings of package.json hand over in place of a row. */
const byKey = 'focusedRow';

export interface Meant {
  readonly id: CommandId;
  readonly args: readonly unknown[];
}

const kindOf = (row: unknown): unknown => (typeof row === 'object' && row !== null && 'kind' in row ? row.kind : '');

/**
 * What a command that was called means: by a menu the rows that it hands over, by a key of a view the row that has the focus. Delete on a process is about the process
 * and not about its group. Undefined for rows that the key says nothing about, such as a heading.
 */
export const meantByKey = async (
  rows: FocusedRows,
  id: CommandId,
  args: readonly unknown[],
): Promise<Meant | undefined> => {
  const ofGroups = id.startsWith('nspawn.cgroups.');
  const view = ofGroups ? 'nspawn.cgroups' : 'nspawn.machines';
  if (args[0] !== byKey) return { id, args: await rows.whole(view, args) };
  const found = await rows.argumentsOf(view);
  const kind = kindOf(found[0]);
  if (ofGroups && kind === 'process') return { id: 'nspawn.cgroups.killProcess', args: found };
  const fits = ofGroups ? kind === 'controlGroup' : kind === 'machine' || kind === 'image';
  return fits ? { id, args: found } : undefined;
};
