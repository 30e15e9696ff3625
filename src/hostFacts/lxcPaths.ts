import { closeSync, constants, openSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, normalize } from 'node:path/posix';
import { parseSystem } from '../language/lxcTools/parse.ts';

/** Of a file that a person writes. */
const mostBytes = 64 * 1024;

/** The beginning of a file, which must not be one that never answers, such as a pipe. */
const textOf = (path: string): string => {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(mostBytes);
      return buffer.toString('utf8', 0, readSync(file, buffer));
    } finally {
      closeSync(file);
    }
  } catch {
    // Most hosts have none.
    return '';
  }
};

/** Directories of containers that root's lxc.conf and that of this user name, beside the usual ones. */
export const configuredLxcPaths = (root = '/', home = homedir()): readonly string[] =>
  ['etc/lxc/lxc.conf', join(home, '.config/lxc/lxc.conf')].flatMap((path) => {
    const entry = parseSystem(textOf(join(root, path))).loose.find(({ key }) => key === 'lxc.lxcpath');
    const directory = normalize(entry?.value ?? '').replace(/(?<=.)\/+$/u, '');
    return directory.startsWith('/') && directory !== '/' ? [directory] : [];
  });
