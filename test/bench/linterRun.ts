import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { repositoryRoot } from '../rig/cache.ts';
import { presentTool, startSync, thisNode } from '../rig/program.ts';
import type { Program } from '../rig/program.ts';
import { manyGroups } from './cgconfigText.ts';
import { median, short } from './figure.ts';
import type { Figure } from './figure.ts';
import { longText } from './languageText.ts';
import { processTime } from './processTime.ts';

const fileCount = 1000;
const linesEach = 40;
const rounds = 5;
const startRounds = 21;

/** Milliseconds from start to finish. */
const timed = (file: Program, args: readonly string[]): number => {
  const before = performance.now();
  const { error, status } = startSync(file, args, { maxBuffer: 1 << 28 });
  if (error !== undefined || status === 2) throw error ?? new Error(`${file} could not do its work`);
  return performance.now() - before;
};

/** One small file of each type, by name. */
const smallFiles: Readonly<Record<string, string>> = {
  'web.nspawn': longText(linesEach, linesEach),
  'cgconfig.conf': manyGroups(3, 'web'),
  'cgrules.conf': 'root cpu system/\n@users memory,cpu users/%u\n* * default/\n',
};

/** How much the linter takes for one small file beside a Node.js that does nothing, by turns. */
const measureStart = async (directory: string, linter: string): Promise<readonly Figure[]> => {
  const empty: number[] = [];
  const ours = new Map<string, number[]>();
  for (const [name, text] of Object.entries(smallFiles)) {
    // Beside one another the files of libcgroup would be read together.
    await mkdir(join(directory, `of ${name}`));
    const path = join(directory, `of ${name}`, name);
    await writeFile(path, text);
    ours.set(path, []);
    // Its code is kept from then on.
    processTime(thisNode, [linter, path]);
  }
  for (let round = 0; round < startRounds; round++) {
    empty.push(processTime(thisNode, ['-e', '0']));
    for (const [path, times] of ours) times.push(processTime(thisNode, [linter, path]));
  }
  const node = median(empty);
  return [...ours].map(([path, times]) => {
    const alone = median(times);
    return {
      title: `nspawn-lint on one small ${basename(path)}, processor time`,
      value: `${short(alone / node)} times node -e 0 (${short(alone)} and ${short(node)} ms)`,
      goal: { text: 'at most 1.5 times', met: alone <= 1.5 * node },
    };
  });
};

/** The linter on a thousand files beside `grep -c = ` on the same ones, by turns. */
export const measureLinter = async (): Promise<readonly Figure[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-bench-'));
  try {
    const files: string[] = [];
    for (let index = 0; index < fileCount; index++) {
      const path = join(directory, `m${index}.nspawn`);
      await writeFile(path, longText(linesEach, linesEach));
      files.push(path);
    }
    const linter = join(repositoryRoot, 'dist/nspawn-lint-start.js');
    const ours: number[] = [];
    const nothing: number[] = [];
    const grep: number[] = [];
    for (let round = 0; round < rounds; round++) {
      grep.push(timed(presentTool('grep'), ['-c', '= ', ...files]));
      ours.push(timed(thisNode, [linter, '--format', 'json', ...files]));
      nothing.push(timed(thisNode, [linter, '--version']));
    }
    const [mine, started, peer] = [median(ours), median(nothing), median(grep)];
    const work = `${short(mine)} ms, of which ${short(started)} ms are its start`;
    return [
      ...(await measureStart(directory, linter)),
      {
        title: `nspawn-lint on ${fileCount} files of ${linesEach} lines`,
        value: `${short(mine / peer)} times grep -c (${work})`,
      },
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
