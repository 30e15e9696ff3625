import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { MachineError } from '../../machines/errors.ts';
import { offeredByAny } from '../../machines/backend.ts';
import { requireMachineName } from '../../machines/names.ts';
import { plainText } from '../plainText.ts';
import type { CommandServices } from './handler.ts';
import { nspawnTemplate } from './nspawnTemplate.ts';
import { mayWrite, withTextAsRoot, writeNspawnFile } from './placeNspawnFile.ts';

/** Somebody else may be quicker: that file is then the one to open. */
const writeHere = async (path: string, text: string): Promise<void> => {
  try {
    await writeNspawnFile(path, text);
  } catch (error) {
    const wasQuicker =
      error instanceof MachineError && error.failure.kind === 'fileProblem' && error.failure.code === 'EEXIST';
    if (!wasQuicker) throw error;
  }
};

/**
 * Put there by install(1) in a terminal, as root; it makes the directory too. A file that is there although this user could not
 * see it, as in a directory that is closed to all but root, is kept beside it.
 */
const writeAsRoot = (services: CommandServices, path: string, text: string): Promise<void> =>
  withTextAsRoot(services, vscode.l10n.t('Create {0}', plainText(path, 120)), text, (source) => ({
    file: 'install',
    args: ['-D', '--mode=0644', '--backup=numbered', '--no-target-directory', '--', source, path],
  }));

/**
 * Makes a `.nspawn` file for a machine where systemd looks first, and returns its path.
 * @throws MachineError invalidName, fileProblem, toolFailed, cancelled
 */
export const createNspawnFile = async (
  services: CommandServices,
  name: string,
  text = nspawnTemplate(name),
): Promise<string> => {
  requireMachineName(name);
  const { directories } = offeredByAny(services.backends, ({ nspawnFiles }) => nspawnFiles);
  const [directory = '/etc/systemd/nspawn'] = directories;
  const path = join(directory, `${name}.nspawn`);
  if (await mayWrite(dirname(path))) await writeHere(path, text);
  else await writeAsRoot(services, path, text);
  services.view.make({ kind: 'nspawnFileMade', name });
  return path;
};
