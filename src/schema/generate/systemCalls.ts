/** System calls, their groups, and what a machine may call when nothing is set. */
import { functionBody, SourceProblem, stringsIn, tableBody } from './cText.ts';

/** One name a line. */
export const parseSyscalls = (list: string): readonly string[] => list.split('\n').filter((line) => line !== '');

/** `syscall_filter_sets[]` of seccomp-util.c, without comments; @known also has every system call there is. */
export const parseSyscallGroups = (
  text: string,
): readonly { readonly name: string; readonly members: readonly string[] }[] =>
  tableBody(text, 'syscall_filter_sets')
    .split(/^\s*\[SYSCALL_FILTER_SET_\w+\] = \{/mu)
    .slice(1)
    .map((part) => {
      const name = /\.name = "(@[a-z0-9-]+)"/u.exec(part)?.[1];
      const value = /\.value =([\s\S]*)/u.exec(part)?.[1];
      if (name === undefined || value === undefined)
        throw new SourceProblem('a group of system calls has an unknown form');
      return { name, members: stringsIn(value).map((member) => member.replace(/\\0$/u, '')) };
    });

/** `allow_list[]` of nspawn-seccomp.c, without comments. */
export const parseDefaultSyscalls = (
  text: string,
): readonly { readonly capability: string | null; readonly item: string }[] => {
  const body = functionBody(text, 'add_syscall_filters') ?? '';
  const rows = [...body.matchAll(/\{\s*(0|CAP_\w+),\s*"([@\w-]+)",?\s*\}/gu)].map(
    ([, capability = '0', item = '']) => ({
      capability: capability === '0' ? null : capability,
      item,
    }),
  );
  if (rows.length === 0) throw new SourceProblem('add_syscall_filters() has no list of what is allowed any more');
  return rows;
};
