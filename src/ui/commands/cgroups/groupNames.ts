import * as vscode from 'vscode';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { readProcess } from '../../../machines/host/process.ts';
import { plainText } from '../../plainText.ts';
import { visibleName } from '../../tree/visibleName.ts';

/** A group in a sentence: by its path, the root by where it is mounted. */
export const shownGroup = ({ hierarchy, path }: ControlGroup): string =>
  visibleName(path === '/' ? hierarchy.mountPoint : path, 100);

/** Several in a title. */
export const shownGroups = (groups: readonly ControlGroup[]): string => {
  const [first] = groups;
  return groups.length === 1 && first !== undefined
    ? shownGroup(first)
    : vscode.l10n.t('{0} control groups', groups.length);
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
