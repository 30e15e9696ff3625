import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MachineError } from '../errors.ts';
import { isInstalled } from './hostCommands.ts';

/** The uid and gid of nobody. */
export const nobody = 65_534;

/** In front of a call: without rights, even if it should come to do something. */
export const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'] as const;

/**
 * For a tool that is to read a text and do nothing: a directory for temporary files, which others cannot list, removed at the end. Root has the
 * tool run by nobody, who may go through the directory and not look into it.
 * @throws MachineError toolMissing, and what the work throws
 */
export const withFilesForNobody = async <Result>(
  tool: string,
  work: (directory: string, isRoot: boolean) => Promise<Result>,
): Promise<Result> => {
  const isRoot = process.geteuid?.() === 0;
  for (const file of [tool, ...(isRoot ? ['setpriv'] : [])])
    if (!(await isInstalled(file))) throw new MachineError({ kind: 'toolMissing', file });
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'nspawn-')));
  try {
    await chmod(directory, 0o711);
    return await work(directory, isRoot);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
