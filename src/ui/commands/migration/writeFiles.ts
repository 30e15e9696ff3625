import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { reachForTerminal } from '../../privileges.ts';
import { callInTerminal, failedInTerminal } from '../../toolsFromSettings.ts';
import type { CommandServices } from '../handler.ts';
import { seenDirectory, writeInto } from '../heldDirectory.ts';
import type { FileToWrite } from '../heldDirectory.ts';
import { writeScript } from './writeScript.ts';

/**
 * Writes files as root, in a terminal that asks for what it needs.
 * @param target where only root may change what is there
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
    const copies = files.map((file) => ({ ...file, replaces: false }));
    await writeInto(directory, await seenDirectory(directory), copies);
    const ordered = [...files].sort((a, b) => Number(b.replaces) - Number(a.replaces));
    const replaced = ordered.filter(({ replaces }) => replaces).length;
    const pairs = ordered.flatMap(({ name }) => [join(directory, name), join(target, name)]);
    const call = callInTerminal(reach, {
      file: '/bin/sh',
      args: ['-c', writeScript, 'sh', vscode.l10n.t('{0} is there already.', '%s'), String(replaced), ...pairs],
    });
    const request = { name: title, icon: 'shield', ...call };
    const exitCode = await services.terminals.run(request, new AbortController().signal);
    if (exitCode === 0) return;
    throw failedInTerminal(request, exitCode);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
