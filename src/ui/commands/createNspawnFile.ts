import { access, constants, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { MachineError } from '../../machines/errors.ts';
import { nspawnDirectories } from '../../machines/nspawnFile.ts';
import { requireMachineName } from '../../machines/names.ts';
import { plainText } from '../plainText.ts';
import { callInTerminal } from '../reachFromSettings.ts';
import { isRoot, reachForTerminal } from '../privileges.ts';
import { codeOf } from './errorCode.ts';
import type { CommandServices } from './handler.ts';
import { nspawnTemplate } from './nspawnTemplate.ts';

const isWritable = async (directory: string): Promise<boolean> => {
  try {
    await access(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** Never over a file that has come there meanwhile. */
const writeHere = async (path: string, text: string): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx', mode: 0o644 });
  } catch (error) {
    // Somebody else was quicker: that file is then the one to open.
    if (codeOf(error) !== 'EEXIST')
      throw new MachineError({ kind: 'fileProblem', path, code: codeOf(error) }, { cause: error });
  }
};

/**
 * Put there by install(1) in a terminal, as root; it makes the directory too. A file that is there although this user could not
 * see it, as in a directory that is closed to all but root, is kept beside it.
 */
const writeAsRoot = async (services: CommandServices, path: string, text: string, title: string): Promise<void> => {
  const reach = await reachForTerminal(services, title, []);
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-'));
  try {
    const source = join(directory, 'new.nspawn');
    await writeFile(source, text);
    const args = ['-D', '--mode=0644', '--backup=numbered', '--no-target-directory', '--', source, path];
    const request = { name: title, icon: 'shield', ...callInTerminal(reach, { file: 'install', args }) };
    const exitCode = await services.terminals.run(request, new AbortController().signal);
    if (exitCode === 0) return;
    const stderr = vscode.l10n.t('the terminal shows why');
    throw new MachineError({ kind: 'toolFailed', file: request.file, args, exitCode, signal: undefined, stderr });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

/**
 * Makes a `.nspawn` file for a machine where systemd looks first, and returns its path.
 * @throws MachineError invalidName, fileProblem, toolFailed, cancelled
 */
export const createNspawnFile = async (services: CommandServices, name: string): Promise<string> => {
  requireMachineName(name);
  const [directory = '/etc/systemd/nspawn'] = nspawnDirectories;
  const path = join(directory, `${name}.nspawn`);
  const text = nspawnTemplate(name);
  if (isRoot() || (await isWritable(directory))) await writeHere(path, text);
  else await writeAsRoot(services, path, text, vscode.l10n.t('Create {0}', plainText(path, 120)));
  services.view.make({ kind: 'nspawnFileMade', name });
  return path;
};
