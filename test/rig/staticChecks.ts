import { join } from 'node:path';
import { cacheRoot, repositoryRoot } from './cache.ts';
import { start, thisNode } from './program.ts';
import type { Progress } from './progress.ts';
import type { Tally } from './tally.ts';

const bin = (path: string): string => join(repositoryRoot, 'node_modules', path);

interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

/** Each counts as one test. The bundles are built beside `dist`, which somebody may be using. */
const checks = (): readonly Check[] => [
  { name: 'bundles (esbuild)', args: ['esbuild.mjs', `--outdir=${join(cacheRoot(), 'bundles')}`] },
  { name: 'types (tsc)', args: [bin('typescript/bin/tsc'), '--noEmit', '--pretty', 'false'] },
  { name: 'lint (eslint)', args: [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'what nobody uses (knip)', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'format (prettier)', args: [bin('prettier/bin/prettier.cjs'), '--check', '.'] },
];

interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
}

const runCheck = (args: readonly string[], signal: AbortSignal): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = start(thisNode, args, { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'pipe'], signal });
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
    child.on('error', (error) => printed.push(error.message));
    child.on('close', (exitCode) => resolve({ exitCode, output: printed.join('') }));
  });

/** Types, lint, dead code, format and the bundles, two at a time; all are run, also after a failure. */
export const runStaticChecks = async (tally: Tally, report: Progress, signal: AbortSignal): Promise<void> => {
  const waiting = [...checks()];
  const runThem = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined && !signal.aborted; check = waiting.shift()) {
      const { name, args } = check;
      const { exitCode, output } = await report.step(name, () => runCheck(args, signal));
      if (exitCode === 0) {
        tally.passed++;
      } else {
        tally.failures.push({ name, detail: output.trim() || `exit code ${String(exitCode)}` });
        report.say(`✖ ${name}\n${output.trim()}`);
      }
    }
  };
  await Promise.all([runThem(), runThem()]);
};
