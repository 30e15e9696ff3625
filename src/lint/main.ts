#!/usr/bin/env node
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localeOf, speak } from '../hostFacts/locale.ts';

/** The stream is made by the first use of it, which takes a while, and a file without findings needs none. */
const say = (text: string): void => {
  if (text === '') return;
  // `nspawn-lint … | head` closes the pipe before all is said; that is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(text);
};

const args = process.argv.slice(2);
const home = dirname(realpathSync(process.argv[1] ?? '.'));
speak(localeOf(args, process.env), join(home, '../l10n'));

/** Loaded only now: the tables of rules hold sentences, which have to be in the right language from the start. */
const run = async (): Promise<void> => {
  const [{ runLint }, { readHost }, { languagesFor, loadTypes }] = await Promise.all([
    import('./runLint.ts'),
    import('../hostFacts/readHost.ts'),
    import('./loadTypes.ts'),
  ]);
  const types = await loadTypes(languagesFor(args));
  const migrating = args.some((arg) => arg.startsWith('--migrate')) ? await import('./migrateText.ts') : {};
  process.exitCode = runLint(args, {
    out: say,
    error: (text) => process.stderr.write(text),
    readInput: () => readFileSync(0),
    readHost: () => readHost(),
    types,
    ...migrating,
    pages: join(home, '../docs/rules'),
  });
};

void run();
