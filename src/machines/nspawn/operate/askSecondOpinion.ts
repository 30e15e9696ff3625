import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run, RunOptions } from '../../command.ts';
import type { Opinion, OpinionQuestion } from '../../configFile.ts';
import { MachineError } from '../../errors.ts';
import { isInstalled } from '../../host/hostCommands.ts';
import { judgeNspawnFile, tryNamespaces } from '../commands/secondOpinion.ts';

const isForbidden = async (run: Run, options: RunOptions): Promise<boolean> => {
  try {
    await run(tryNamespaces, options);
    return false;
  } catch (error) {
    if (error instanceof MachineError && error.failure.kind === 'toolFailed') return true;
    throw error;
  }
};

/**
 * What the installed systemd-nspawn says of a `.nspawn` file; see `judgeNspawnFile`. The text is put into a directory of
 * temporary files, under a name that no machine has.
 * @throws MachineError toolMissing, namespacesForbidden, and those of a run
 */
export const askSecondOpinion = async (
  run: Run,
  { text, trusted, nspawn }: OpinionQuestion,
  options: RunOptions = {},
): Promise<Opinion> => {
  for (const file of ['unshare', nspawn])
    if (!(await isInstalled(file))) throw new MachineError({ kind: 'toolMissing', file });
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'nspawn-')));
  try {
    const name = `judged-${randomBytes(8).toString('hex')}`;
    await mkdir(join(directory, name));
    await writeFile(join(directory, `${name}.nspawn`), text);
    return await run(judgeNspawnFile({ directory, name, trusted, nspawn }), options);
  } catch (error) {
    const failed = error instanceof MachineError && error.failure.kind === 'toolFailed';
    if (failed && (await isForbidden(run, options)))
      throw new MachineError({ kind: 'namespacesForbidden' }, { cause: error });
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
