import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Command } from '../../machines/command.ts';
import { type Reach, sudoNeedsNoPassword } from '../../machines/host/reach.ts';
import { showProgress } from '../notifications.ts';
import { callInTerminal, commandInBackground, failedInTerminal } from '../toolsFromSettings.ts';
import type { CommandServices } from './handler.ts';

/** Constant text for `sh -c`. The shell that opens the file is the user's own, so root writes to nothing that the user has named. */
const intoFile = 'output=$1; shift; exec "$@" >"$output"';

/**
 * Runs a command whose output is read with the rights of root: out of sight where nobody is asked for a password, else in a terminal.
 * @throws MachineError toolFailed, cancelled, unexpectedOutput
 */
export const runAsRoot = async <Result>(
  services: CommandServices,
  { title, reach, signal }: { readonly title: string; readonly reach: Reach; readonly signal: AbortSignal },
  command: Command<Result>,
): Promise<Result> => {
  if (reach === 'direct' || (reach === 'sudo' && (await sudoNeedsNoPassword(services.run))))
    return services.run(commandInBackground(reach, command), { signal });
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-'));
  try {
    const output = join(directory, 'output');
    const call = callInTerminal(reach, command);
    const args = ['-c', intoFile, 'sh', output, call.file, ...call.args];
    const exitCode = await services.terminals.run({ name: title, icon: 'shield', file: '/bin/sh', args }, signal);
    if (exitCode === 0) return command.parse({ exitCode, stdout: await readFile(output, 'utf8'), stderr: '' });
    throw failedInTerminal(call, exitCode);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

/** Work that a person may call off, with its title in a notification. */
export const cancellable = <Result>(title: string, work: (signal: AbortSignal) => Promise<Result>): Thenable<Result> =>
  showProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (_, token) => {
    const abort = new AbortController();
    const cancelling = token.onCancellationRequested(() => abort.abort());
    try {
      return await work(abort.signal);
    } finally {
      cancelling.dispose();
    }
  });
