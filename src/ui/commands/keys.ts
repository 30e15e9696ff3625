import type { FocusedRows } from '../focusedRows.ts';
import type { CommandId } from './commandIds.ts';

/** What the keybindings of package.json hand over in place of a row. */
const byKey = 'focusedRow';

/** What buttons call, too, of rows or above them: their row has no focus, or there is none. */
export const calledByButtons: ReadonlySet<CommandId> = new Set([
  'nspawn.allAtBoot',
  'nspawn.bringBack',
  'nspawn.cgroups.apply',
  'nspawn.cgroups.clearFilter',
  'nspawn.cgroups.findProcess',
  'nspawn.cgroups.hideEmpty',
  'nspawn.cgroups.refresh',
  'nspawn.cgroups.setFilter',
  'nspawn.cgroups.showEmpty',
  'nspawn.cgroups.sort',
  'nspawn.clearFilter',
  'nspawn.copyAddress',
  'nspawn.copyLeader',
  'nspawn.create',
  'nspawn.followJournal',
  'nspawn.group',
  'nspawn.hideTrustHole',
  'nspawn.openNspawnFile',
  'nspawn.openRootDirectory',
  'nspawn.openSettings',
  'nspawn.openShell',
  'nspawn.openUnit',
  'nspawn.powerOff',
  'nspawn.refresh',
  'nspawn.removeLeftOvers',
  'nspawn.setFilter',
  'nspawn.showLog',
  'nspawn.showRunningOnly',
  'nspawn.showStopped',
  'nspawn.sort',
  'nspawn.start',
]);

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
  byButton = calledByButtons.has(id),
): Promise<Meant | undefined> => {
  const ofGroups = id.startsWith('nspawn.cgroups.');
  const view = ofGroups ? 'nspawn.cgroups' : 'nspawn.machines';
  if (args[0] !== byKey) return { id, args: await (byButton ? rows.whole(view, args) : rows.wholeOfMenu(view, args)) };
  const found = await rows.argumentsOf(view);
  const kind = kindOf(found[0]);
  if (ofGroups && kind === 'process') return { id: 'nspawn.cgroups.killProcess', args: found };
  const fits = ofGroups ? kind === 'controlGroup' : kind === 'machine' || kind === 'image';
  return fits ? { id, args: found } : undefined;
};
