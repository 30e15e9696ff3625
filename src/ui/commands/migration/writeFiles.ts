import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import * as vscode from 'vscode';
import { MachineError } from '../../../machines/errors.ts';
import { reachForTerminal } from '../../privileges.ts';
import { callInTerminal } from '../../reachFromSettings.ts';
import { codeOf } from '../errorCode.ts';
import type { CommandServices } from '../handler.ts';
import { writeScript } from './writeScript.ts';

export interface FileToWrite {
  readonly path: string;
  readonly text: string;
  /** The user has agreed to lose the file that is there. */
  readonly replaces: boolean;
}

/** @throws MachineError fileProblem, with the code EEXIST where a file has come there that nobody agreed to lose */
export const writeFilesHere = async (files: readonly FileToWrite[]): Promise<void> => {
  for (const { path, text, replaces } of files)
    try {
      await mkdir(dirname(path), { recursive: true });
      // A link, such as that of a masked unit, is taken away and not written through.
      if (replaces) await rm(path, { force: true });
      await writeFile(path, text, { flag: 'wx', mode: 0o644 });
    } catch (error) {
      throw new MachineError({ kind: 'fileProblem', path, code: codeOf(error) }, { cause: error });
    }
};

/**
 * The same as root, in a terminal that asks for what it needs.
 * @throws MachineError toolFailed, cancelled
 */
export const writeFilesAsRoot = async (
  services: CommandServices,
  target: string,
  files: readonly FileToWrite[],
): Promise<void> => {
  const title = vscode.l10n.t('Write the Files to…');
  const reach = await reachForTerminal(services, title, []);
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-'));
  try {
    const copies = files.map((file) => ({ ...file, path: join(directory, relative(target, file.path)) }));
    await writeFilesHere(copies.map((file) => ({ ...file, replaces: false })));
    const ordered = files
      .map((file, index) => ({ ...file, source: copies[index]?.path ?? '' }))
      .sort((a, b) => Number(b.replaces) - Number(a.replaces));
    const replaced = ordered.filter(({ replaces }) => replaces).length;
    const pairs = ordered.flatMap(({ source, path }) => [source, path]);
    const call = callInTerminal(reach, {
      file: '/bin/sh',
      args: ['-c', writeScript, 'sh', String(replaced), ...pairs],
    });
    const request = { name: title, icon: 'shield', ...call };
    const exitCode = await services.terminals.run(request, new AbortController().signal);
    if (exitCode === 0) return;
    const { file, args } = request;
    const stderr = vscode.l10n.t('the terminal shows why');
    throw new MachineError({ kind: 'toolFailed', file, args, exitCode, signal: undefined, stderr });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
