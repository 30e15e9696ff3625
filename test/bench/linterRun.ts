import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../rig/cache.ts';
import { presentTool, startSync, thisNode } from '../rig/program.ts';
import type { Program } from '../rig/program.ts';
import { median, short } from './figure.ts';
import type { Figure } from './figure.ts';
import { longText } from './languageText.ts';

const fileCount = 1000;
const linesEach = 40;
const rounds = 5;
const startRounds = 15;

/** Milliseconds from start to finish. */
const timed = (file: Program, args: readonly string[]): number => {
  const before = performance.now();
  const { error, status } = startSync(file, args, { maxBuffer: 1 << 28 });
  if (error !== undefined || status === 2) throw error ?? new Error(`${file} could not do its work`);
  return performance.now() - before;
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
    const [small = ''] = files;
    const ours: number[] = [];
    const nothing: number[] = [];
    const grep: number[] = [];
    const one: number[] = [];
    const empty: number[] = [];
    for (let round = 0; round < rounds; round++) {
      grep.push(timed(presentTool('grep'), ['-c', '= ', ...files]));
      ours.push(timed(thisNode, [linter, '--format', 'json', ...files]));
      nothing.push(timed(thisNode, [linter, '--version']));
    }
    for (let round = 0; round < startRounds; round++) {
      empty.push(timed(thisNode, ['-e', '0']));
      one.push(timed(thisNode, [linter, small]));
    }
    const [alone, node] = [median(one), median(empty)];
    const [mine, started, peer] = [median(ours), median(nothing), median(grep)];
    const work = `${short(mine)} ms, of which ${short(started)} ms are its start`;
    return [
      {
        title: 'nspawn-lint on one small file',
        value: `${short(alone / node)} times node -e 0 (${short(alone)} and ${short(node)} ms)`,
        goal: { text: 'at most 1.5 times', met: alone <= 1.5 * node },
      },
      {
        title: `nspawn-lint on ${fileCount} files of ${linesEach} lines`,
        value: `${short(mine / peer)} times grep -c (${work})`,
      },
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
