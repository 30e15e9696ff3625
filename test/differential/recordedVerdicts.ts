import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LibcgroupVersion } from '../../src/language/context.ts';
import { repositoryRoot } from '../rig/cache.ts';

/** A text, and what the tool of each version really did with it. */
export interface RecordedVerdicts<Verdict> {
  readonly text: string;
  readonly verdicts: Readonly<Record<LibcgroupVersion, Verdict>>;
}

export const recordedFile = (name: 'cgconfig' | 'cgrules'): string =>
  join(repositoryRoot, `test/fixtures/differential/${name}.json`);

/** Texts on which it is easy to be wrong, with what was seen. */
export const recordedVerdicts = async <Verdict>(
  name: 'cgconfig' | 'cgrules',
): Promise<readonly RecordedVerdicts<Verdict>[]> =>
  JSON.parse(await readFile(recordedFile(name), 'utf8')) as readonly RecordedVerdicts<Verdict>[];
