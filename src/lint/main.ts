#!/usr/bin/env node
import { readFileSync, realpathSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { localeOf, speak } from '../hostFacts/locale.ts';
import { nothingNamed } from '../language/namedOnHost.ts';

const output = { isWaiting: false };

/**
 * Standard output without its stream, whose making takes a tenth of a run. `nspawn-lint … | head` closes the pipe before all is
 * said; that is no error of ours.
 */
const say = (text: string): void => {
  const bytes = Buffer.from(text);
  let said = 0;
  try {
    while (said < bytes.length) said += writeSync(1, bytes, said);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EPIPE') return;
    if (code !== 'EAGAIN') throw error;
    // A pipe that does not wait for its reader: the stream does.
    output.isWaiting = true;
    process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
      if (failure.code !== 'EPIPE') throw failure;
    });
    process.stdout.write(bytes.subarray(said));
  }
};

const args = process.argv.slice(2);
const home = dirname(realpathSync.native(process.argv[1] ?? '.'));
speak(localeOf(args, process.env), `${home}/../l10n`);

/** Loaded only now: the tables of rules hold sentences, which have to be in the right language from the start. */
const run = async (): Promise<void> => {
  const isAsked = (option: string): boolean => args.some((arg) => arg.startsWith(option));
  const [{ runLint }, { languagesFor, loadTypes }] = await Promise.all([
    import('./runLint.ts'),
    import('./loadTypes.ts'),
  ]);
  const languages = languagesFor(args);
  const types = await loadTypes(languages);
  const { readHost } = isAsked('--host') ? await import('../hostFacts/readHost.ts') : {};
  const { lookAtHostNow } = isAsked('--host') ? await import('../hostFacts/namedOnHost.ts') : {};
  const { readIncludedNow: readIncluded } = isAsked('--host') ? await import('../hostFacts/includedFiles.ts') : {};
  const grouping = languages.some((one) => one !== 'nspawn') ? await import('./groupsBeside.ts') : {};
  const fixing = isAsked('--fix') ? await import('./applyFixes.ts') : {};
  const migrating = isAsked('--migrate') ? await import('./migrateText.ts') : {};
  process.exitCode = runLint(args, {
    out: say,
    error: (text) => process.stderr.write(text),
    readInput: () => readFileSync(0),
    readHost: () => readHost?.(),
    lookAtHost: (look) => lookAtHostNow?.(look) ?? nothingNamed,
    types,
    ...(readIncluded === undefined ? {} : { readIncluded }),
    ...grouping,
    ...fixing,
    ...migrating,
    pages: `${home}/../docs/rules`,
  });
  // All has been said, and Node.js takes a while to put everything away.
  if (!output.isWaiting) process.exit();
};

void run();
