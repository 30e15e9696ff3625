#!/usr/bin/env node
import { languageOfPath } from '../language/languageOfPath.ts';
import { cacheDirectory } from './cacheDirectory.ts';
import { compileFile } from './keptCode.ts';

// The `require` of this file serves the linter, too, which lies beside it: to make one of its own takes as long as to judge ten lines.
const linter = `${__dirname}/nspawn-lint.js`;
const directory = cacheDirectory();
if (directory === undefined) {
  module.require(linter);
} else {
  // A run calls what its file type needs, so what runs on files of one type compile is kept apart from the rest.
  const kind = languageOfPath(process.argv.at(-1) ?? '') ?? 'other';
  const { isKept, run, keep } = compileFile(linter, `${directory}/${kind}-${process.version}-${process.arch}`);
  if (!isKept) process.on('exit', keep);
  run(require);
}
