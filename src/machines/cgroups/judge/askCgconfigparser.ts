import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run, RunOptions } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import { withFilesForNobody } from '../../host/byNobody.ts';
import { endingWithMistake, judgeCgconfigFile } from './judgeCgconfigFile.ts';
import type { CgconfigOpinion } from './judgeCgconfigFile.ts';

export interface CgconfigQuestion {
  readonly text: string;
  readonly parser: string;
}

/**
 * What the installed cgconfigparser says of a cgconfig.conf. Nothing is set up, whatever the text asks for and whoever asks; see
 * `endingWithMistake`.
 * @throws MachineError toolMissing, unexpectedOutput where it did not come to read the file, and those of a run
 */
export const askCgconfigparser = (
  run: Run,
  { text, parser }: CgconfigQuestion,
  options: RunOptions = {},
): Promise<CgconfigOpinion> =>
  withFilesForNobody(parser, async (directory, isRoot) => {
    const name = randomBytes(8).toString('hex');
    const path = join(directory, `${name}.conf`);
    const mark = `end-${name}`;
    await writeFile(path, endingWithMistake(text, mark), { mode: 0o644 });
    const { opinion, said } = await run(judgeCgconfigFile({ path, mark, parser, isRoot }), options);
    if (opinion === undefined)
      throw new MachineError({ kind: 'unexpectedOutput', source: 'cgconfigparser', detail: said.trim() });
    return opinion;
  });
