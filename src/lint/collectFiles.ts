import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { languageOfPath } from '../language/languageOfPath.ts';

export interface FileToLint {
  readonly path: string;
  /** A link out of the directory that was named: whoever put it there decides what it leads to, so it is read and never written. */
  readonly leadsOut: boolean;
}

/** Where no configuration of a host is kept. */
const skipped = new Set(['node_modules', '.git', '.hg', '.svn']);

/** Files below a directory whose name says that they are ours, sorted. Links to directories are not followed. */
const filesBelow = (directory: string, root: string): readonly FileToLint[] =>
  readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry): readonly FileToLint[] => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(path, root);
      if (languageOfPath(path) === undefined) return [];
      if (entry.isFile()) return [{ path, leadsOut: false }];
      if (!entry.isSymbolicLink() || statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return [];
      return [{ path, leadsOut: !realpathSync(path).startsWith(root === sep ? root : `${root}${sep}`) }];
    });

/**
 * The files that an argument of the command line stands for.
 * @throws what node:fs throws where it is not there or cannot be read
 */
export const collectFiles = (argument: string): readonly FileToLint[] =>
  argument !== '-' && statSync(argument).isDirectory()
    ? filesBelow(argument, realpathSync(argument))
    : [{ path: argument, leadsOut: false }];
