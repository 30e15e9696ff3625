import * as vscode from 'vscode';
import type { ControlGroup, Hierarchy } from '../../../machines/cgroups/controlGroup.ts';
import { readProcess } from '../../../machines/host/process.ts';
import { plainText } from '../../plainText.ts';
import { visibleName } from '../../tree/visibleName.ts';

/** A group in a sentence: by its path, the root by where it is mounted. */
export const shownGroup = ({ hierarchy, path }: ControlGroup): string =>
  visibleName(path === '/' ? hierarchy.mountPoint : path, 100);

/** What tells a hierarchy of v1 from the others: its controllers, else its name. */
export const shownControllers = ({ controllers, name = '' }: Hierarchy): string =>
  visibleName(controllers.join(', ') || name, 60);

/** Several in a title; those of one path, each in a hierarchy of its own, by that path and their controllers. */
export const shownGroups = (groups: readonly ControlGroup[]): string => {
  const [first] = groups;
  if (first === undefined || groups.some(({ path }) => path !== first.path))
    return vscode.l10n.t('{0} control groups', groups.length);
  if (groups.length === 1) return shownGroup(first);
  return vscode.l10n.t(
    '{0} ({1})',
    shownGroup(first),
    groups.map(({ hierarchy }) => shownControllers(hierarchy)).join(', '),
  );
};

const listed = 8;

/** Processes for a question: number and name, the first few of many. */
export const processList = async (pids: readonly number[]): Promise<string> => {
  const lines = await Promise.all(
    pids.slice(0, listed).map(async (pid) => `${pid} ${plainText((await readProcess(pid))?.comm ?? '', 40)}`.trim()),
  );
  const more = pids.length - lines.length;
  return [...lines, ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : [])].join('\n');
};

/** Whether this VS Code itself is among them, or what started it. */
export const holdsOurselves = (pids: readonly number[]): boolean =>
  pids.includes(process.pid) || pids.includes(process.ppid) || pids.includes(1);
