/**
 * `npm test`: static checks, unit tests, tests on real systemd hosts, in the extension host and in a real VS Code.
 * The last line is `N passed, N failed, N skipped`; the exit code is 1 when something failed or nothing ran.
 *
 *     npm test                                  everything
 *     npm test -- static unit                   these parts
 *     npm test -- test/unit/some.test.ts        this file, or the files of this directory
 *     npm test -- unit --only                   tests marked with `only`
 */
import { relative } from 'node:path';
import { repositoryRoot } from './cache.ts';
import { markChildren, waitForChildren } from './ownProcesses.ts';
import { progress } from './progress.ts';
import { runStaticChecks } from './staticChecks.ts';
import { runTestFiles } from './runTestFiles.ts';
import { exitCodeOf, newTally, retell, verdict } from './tally.ts';
import type { Tally } from './tally.ts';
import { select } from './tiers.ts';
import type { Selection, Tier } from './tiers.ts';

const interruptedExitCode = 130;

const heading = (text: string): void => {
  progress.say(`──── ${text} ────`);
};

const runTier = async (
  tier: Tier,
  files: readonly string[],
  only: boolean,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> => {
  heading(`${tier.heading}: ${files.length} files`);
  const obstacle = await tier.obstacle();
  if (obstacle !== undefined) {
    progress.say(`skipped: ${obstacle}`);
    for (const file of files) tally.skips.push({ name: relative(repositoryRoot, file), reason: obstacle });
    return;
  }
  const { concurrency, detailed } = tier;
  await runTestFiles({ files, concurrency, detailed, only, signal }, tally);
};

const runAll = async (selection: Selection, tally: Tally, signal: AbortSignal): Promise<void> => {
  if (selection.staticChecks) {
    heading('Static checks');
    await runStaticChecks(tally, progress, signal);
  }
  for (const [tier, files] of selection.files) {
    if (signal.aborted) return;
    await runTier(tier, files, selection.only, tally, signal);
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
