import type { ControlGroup, Hierarchy } from '../../../machines/cgroups/controlGroup.ts';
import { groupDirectory } from '../../../machines/cgroups/groupDirectory.ts';

/** A process as a row of the tree names it. */
export interface ProcessTarget {
  readonly group: ControlGroup;
  readonly pid: number;
  /** Clock ticks since boot; the row may be older than a process that has got the same PID. */
  readonly startTime: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

// As `listGroups` makes them: nothing that would lead out of the hierarchy.
const isPath = (path: unknown): path is string =>
  typeof path === 'string' &&
  (path === '/' || path.startsWith('/')) &&
  !path.includes('\0') &&
  (path === '/') === path.endsWith('/') &&
  !path.split('/').some((name, index) => index > 0 && path !== '/' && (name === '' || name === '.' || name === '..'));

const groupIn = (value: unknown, hierarchies: readonly Hierarchy[]): ControlGroup | undefined => {
  if (!isRecord(value) || !isRecord(value['hierarchy']) || !isPath(value['path'])) return undefined;
  const { mountPoint } = value['hierarchy'];
  const hierarchy = hierarchies.find((known) => known.mountPoint === mountPoint);
  return hierarchy === undefined ? undefined : { hierarchy, path: value['path'] };
};

const rowsIn = (args: readonly unknown[]): readonly Record<string, unknown>[] => {
  const [clicked, selected] = args;
  if (!isRecord(clicked)) return [];
  // A click outside the selection means that row alone.
  const rows: readonly unknown[] = Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
  return rows.filter(isRecord);
};

/**
 * The groups that VS Code hands to a handler: those of the clicked row and, where several are selected, of all of them, each once; a
 * process stands for the group that it is in. Anything may call a command with anything, so a hierarchy is taken only where it is one
 * of those that are mounted. Undefined where there is none, as from the palette.
 */
export const groupsOf = (
  args: readonly unknown[],
  hierarchies: readonly Hierarchy[],
): readonly ControlGroup[] | undefined => {
  const groups = rowsIn(args).flatMap(({ kind, group }) =>
    kind === 'hierarchy' || kind === 'controlGroup' || kind === 'process' ? (groupIn(group, hierarchies) ?? []) : [],
  );
  if (groups.length === 0) return undefined;
  return [...new Map(groups.map((group) => [groupDirectory(group), group])).values()];
};

/** The processes among the rows that were clicked or selected. */
export const processesOf = (args: readonly unknown[], hierarchies: readonly Hierarchy[]): readonly ProcessTarget[] =>
  rowsIn(args).flatMap(({ kind, group: given, pid, startTime }): ProcessTarget[] => {
    const group = groupIn(given, hierarchies);
    if (kind !== 'process' || group === undefined) return [];
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0 || typeof startTime !== 'string') return [];
    return [{ group, pid, startTime }];
  });
