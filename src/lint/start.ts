#!/usr/bin/env node
import { createRequire } from 'node:module';
import { languageOfPath } from '../language/languageOfPath.ts';
import { cacheDirectory } from './cacheDirectory.ts';
import { compileFile } from './keptCode.ts';

const linter = `${__dirname}/nspawn-lint.js`;
const directory = cacheDirectory();
if (directory === undefined) {
  createRequire(linter)(linter);
} else {
  // A run calls what its file type needs, so what runs on files of one type compile is kept apart from the rest.
  const kind = languageOfPath(process.argv.at(-1) ?? '') ?? 'other';
  const { isKept, run, keep } = compileFile(linter, `${directory}/${kind}-${process.version}-${process.arch}`);
  if (!isKept) process.on('exit', keep);
  run(createRequire(linter));
}
