#!/usr/bin/env node
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readHost } from '../hostFacts/readHost.ts';
import { runLint } from './runLint.ts';

// `nspawn-lint … | head` closes the pipe before all is said; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = runLint(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  readInput: () => readFileSync(0),
  readHost: () => readHost(),
  pages: join(dirname(realpathSync(process.argv[1] ?? '.')), '../docs/rules'),
});
