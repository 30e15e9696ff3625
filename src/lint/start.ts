#!/usr/bin/env node
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cacheDirectory } from './cacheDirectory.ts';
import { compileFile } from './keptCode.ts';

const linter = join(__dirname, 'nspawn-lint.js');
const directory = cacheDirectory();
if (directory === undefined) {
  createRequire(linter)(linter);
} else {
  // A run calls what its file type needs, so what runs on .nspawn files compile is kept apart from the rest.
  const kind = process.argv.at(-1)?.endsWith('.nspawn') === true ? 'nspawn' : 'other';
  const { isKept, run, keep } = compileFile(linter, join(directory, `${kind}-${process.version}-${process.arch}`));
  if (!isKept) process.on('exit', keep);
  run(createRequire(linter));
}
