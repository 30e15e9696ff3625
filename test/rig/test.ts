/**
 * `npm test`: static checks, unit tests, tests on real systemd hosts, in the extension host and in a real VS Code.
 * The last line is `N passed, N failed, N skipped`; the exit code is 1 when something failed or nothing ran.
 *
 *     npm test                                  everything
 *     npm test -- static unit                   these parts
 *     npm test -- test/unit/some.test.ts        this file, or the files of this directory
 *     npm test -- unit --only                   tests marked with `only`
 */
import { join, relative } from 'node:path';
import { cacheRoot, repositoryRoot } from './cache.ts';
import { markChildren, waitForChildren } from './ownProcesses.ts';
import { progress } from './progress.ts';
import { runStaticChecks } from './staticChecks.ts';
import { runTestFiles } from './runTestFiles.ts';
import { exitCodeOf, newTally, retell, verdict } from './tally.ts';
import type { Tally } from './tally.ts';
import { select } from './tiers.ts';
import type { Selection } from './tiers.ts';

const interruptedExitCode = 130;

const heading = (text: string): void => {
  progress.say(`──── ${text} ────`);
};

/** Says why a tier cannot run here, and counts its files as skipped. */
const skip = (files: readonly string[], obstacle: string, tally: Tally): void => {
  progress.say(`skipped: ${obstacle}`);
  for (const file of files) tally.skips.push({ name: relative(repositoryRoot, file), reason: obstacle });
};

const runAll = async (selection: Selection, tally: Tally, signal: AbortSignal): Promise<void> => {
  if (selection.staticChecks) {
    heading('Static checks');
    await runStaticChecks(tally, progress, signal);
  }
  const waiting: string[] = [];
  const chosen = [...selection.files];
  for (const [place, [tier, files]] of chosen.entries()) {
    if (signal.aborted) return;
    heading(`${tier.heading}: ${files.length} files`);
    const obstacle = await tier.obstacle();
    if (obstacle === undefined) waiting.push(...files);
    else skip(files, obstacle, tally);
    if (waiting.length === 0 || (tier.amongNext === true && place < chosen.length - 1)) continue;
    const { concurrency, detailed, nodeOptions = [] } = tier;
    const { only } = selection;
    await runTestFiles({ files: waiting.splice(0), concurrency, detailed, nodeOptions, only, signal }, tally);
  }
};

const main = async (args: readonly string[]): Promise<number> => {
  const selection = await select(args);
  const tally = newTally();
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!interruption.signal.aborted) progress.say('interrupted; ending what runs …');
      interruption.abort();
    });
  markChildren();
  // What test files import is compiled once, and not again by each of their processes.
  process.env['NODE_COMPILE_CACHE'] ??= join(cacheRoot(), 'compiled');
  await runAll(selection, tally, interruption.signal);
  const left = await waitForChildren(interruption.signal.aborted ? 'interrupted' : 'done');
  if (left.length > 0) tally.failures.push({ name: 'nothing is left running at the end', detail: left.join('\n') });
  heading('Result');
  const story = retell(tally);
  if (story !== '') process.stdout.write(`${story}\n\n`);
  process.stdout.write(`${verdict(tally)}\n`);
  return interruption.signal.aborted ? interruptedExitCode : exitCodeOf(tally);
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
