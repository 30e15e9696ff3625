import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run, RunOptions } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import { isInstalled } from '../../host/hostCommands.ts';
import { endingWithMistake, judgeCgconfigFile } from './judgeCgconfigFile.ts';
import type { CgconfigOpinion } from './judgeCgconfigFile.ts';

export interface CgconfigQuestion {
  readonly text: string;
  readonly parser: string;
}

/**
 * What the installed cgconfigparser says of a cgconfig.conf. Nothing is set up, whatever the text asks for and whoever asks; see
 * `endingWithMistake`. The text is put into a directory of temporary files that others cannot list.
 * @throws MachineError toolMissing, unexpectedOutput where it did not come to read the file, and those of a run
 */
export const askCgconfigparser = async (
  run: Run,
  { text, parser }: CgconfigQuestion,
  options: RunOptions = {},
): Promise<CgconfigOpinion> => {
  const isRoot = process.geteuid?.() === 0;
  for (const file of [parser, ...(isRoot ? ['setpriv'] : [])])
    if (!(await isInstalled(file))) throw new MachineError({ kind: 'toolMissing', file });
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'nspawn-')));
  try {
    const name = randomBytes(8).toString('hex');
    const path = join(directory, `${name}.conf`);
    const mark = `end-${name}`;
    await writeFile(path, endingWithMistake(text, mark), { mode: 0o644 });
    // Root has it read by nobody, who may go through the directory and not look into it.
    await chmod(directory, 0o711);
    const { opinion, said } = await run(judgeCgconfigFile({ path, mark, parser, isRoot }), options);
    if (opinion === undefined)
      throw new MachineError({ kind: 'unexpectedOutput', source: 'cgconfigparser', detail: said.trim() });
    return opinion;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
