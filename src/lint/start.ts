#!/usr/bin/env node
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { compileFile } from './keptCode.ts';

/**
 * Where compiled code is kept between two runs. What lies there is run, so it must be the user's own: not in /tmp, where
 * anybody may have put it before, nor in the home of the one who called sudo.
 */
const cacheDirectory = (): string | undefined => {
  const set = process.env['XDG_CACHE_HOME'];
  const base = set !== undefined && isAbsolute(set) ? set : homedir();
  const owner = statSync(base, { throwIfNoEntry: false })?.uid;
  if (owner === undefined || owner !== process.getuid?.()) return undefined;
  return base === set ? join(base, 'nspawn-lint') : join(base, '.cache/nspawn-lint');
};

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
