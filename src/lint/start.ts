#!/usr/bin/env node
import { statSync } from 'node:fs';
import * as module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

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

// Node.js 20 has no such cache, and goes without.
if ('enableCompileCache' in module) {
  const directory = cacheDirectory();
  if (directory !== undefined) module.enableCompileCache(directory);
}

void import('./main.ts');
