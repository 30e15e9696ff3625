import { access, constants, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf, MachineError } from '../../machines/errors.ts';
import { callInTerminal, failedInTerminal } from '../toolsFromSettings.ts';
import { isRoot, reachForTerminal } from '../privileges.ts';
import type { CommandServices } from './handler.ts';

const isWritable = async (directory: string): Promise<boolean> => {
  try {
    await access(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** Whether this user can make a file there, and take another one away, without more rights. */
export const mayWrite = async (...directories: readonly string[]): Promise<boolean> =>
  isRoot() || (await Promise.all(directories.map(isWritable))).every(Boolean);

/** @throws MachineError fileProblem, with the code EEXIST where a file has come there meanwhile: never over that one */
export const writeNspawnFile = async (path: string, text: string): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx', mode: 0o644 });
  } catch (error) {
    throw new MachineError({ kind: 'fileProblem', path, code: codeOf(error) ?? 'EIO' }, { cause: error });
  }
};

/**
 * Runs a tool as root in a terminal, which is given the text as a file.
 * @throws MachineError toolFailed, cancelled
 */
export const withTextAsRoot = async (
  services: CommandServices,
  title: string,
  text: string,
  call: (source: string) => { readonly file: string; readonly args: readonly string[] },
): Promise<void> => {
  const reach = await reachForTerminal(services, title, []);
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-'));
  try {
    const source = join(directory, 'new.nspawn');
    await writeFile(source, text);
    const request = { name: title, icon: 'shield', ...callInTerminal(reach, call(source)) };
    const exitCode = await services.terminals.run(request, new AbortController().signal);
    if (exitCode === 0) return;
    throw failedInTerminal(request, exitCode);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
