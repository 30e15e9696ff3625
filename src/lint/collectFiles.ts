import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { languageOfPath } from '../language/languageOfPath.ts';

/** Where no configuration of a host is kept. */
const skipped = new Set(['node_modules', '.git', '.hg', '.svn']);

/** Files below a directory whose name says that they are ours, sorted. Links to directories are not followed. */
const filesBelow = (directory: string): readonly string[] =>
  readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(path);
      const isFile = entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile());
      return isFile === true && languageOfPath(path) !== undefined ? [path] : [];
    });

/**
 * The files that an argument of the command line stands for.
 * @throws what node:fs throws where it is not there or cannot be read
 */
export const collectFiles = (argument: string): readonly string[] =>
  argument !== '-' && statSync(argument).isDirectory() ? filesBelow(argument) : [argument];
