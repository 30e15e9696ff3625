import { type BigIntStats, existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stat } from 'node:fs/promises';
import { codeOf } from '../errors.ts';

/** What happened in a directory since the last event. */
export type DirectoryEvent =
  /** Entries that came, went or (`change`) were written to. */
  | { readonly kind: 'entries'; readonly entries: ReadonlyMap<string, 'rename' | 'change'> }
  /** The directory itself came, went or is another one now: everything has to be read anew. */
  | { readonly kind: 'replaced' };

export interface DirectoryWatch {
  /** False where the host refuses: no permission, no more watches. */
  readonly watching: () => boolean;
  readonly close: () => void;
}

const inode = (path: string): bigint | undefined => {
  try {
    return statSync(path, { bigint: true }).ino;
  } catch {
    return undefined;
  }
};

/** The way from the nearest existing directory above `path`: that directory, and the entry in it that is awaited. */
const nearestAbove = (path: string): { directory: string; entry: string } => {
  const parent = dirname(path);
  return existsSync(parent) || parent === path ? { directory: parent, entry: basename(path) } : nearestAbove(parent);
};

/**
 * Watches the entries of a directory that may be missing, come later, or be replaced, by inotify: no timer, no process.
 * All events of one turn of the event loop arrive as one. The watch is in place when this returns, so what is read
 * afterwards cannot miss a change.
 */
export const watchDirectory = (path: string, onEvent: (event: DirectoryEvent) => void): DirectoryWatch => {
  const state: { watcher: FSWatcher | undefined; inode: bigint | undefined; closed: boolean; flushing: boolean } = {
    watcher: undefined,
    inode: undefined,
    closed: false,
    flushing: false,
  };
  const entries = new Map<string, 'rename' | 'change'>();

  const stop = (): void => {
    state.watcher?.close();
    state.watcher = undefined;
    state.inode = undefined;
    entries.clear();
  };

  const replaced = (): void => {
    stop();
    if (state.closed) return;
    arm();
    onEvent({ kind: 'replaced' });
  };

  const flush = (): void => {
    state.flushing = false;
    if (state.closed || state.watcher === undefined) return;
    // An event named like the directory is about itself: moved away or deleted, unless an entry happens to bear its name.
    if (entries.has(basename(path)) && inode(path) !== state.inode) {
      replaced();
      return;
    }
    if (entries.size === 0) return;
    const seen = new Map(entries);
    entries.clear();
    onEvent({ kind: 'entries', entries: seen });
  };

  const listen = (watcher: FSWatcher, onEntry: (type: 'rename' | 'change', name: string) => void): void => {
    state.watcher = watcher;
    watcher.on('change', (type, name) => {
      if (state.watcher === watcher && typeof name === 'string') onEntry(type === 'rename' ? 'rename' : 'change', name);
    });
    watcher.on('error', () => {
      if (state.watcher === watcher) stop();
    });
  };

  const arm = (): void => {
    try {
      listen(watch(path), (type, name) => {
        if (entries.get(name) !== 'rename') entries.set(name, type);
        if (state.flushing) return;
        state.flushing = true;
        setImmediate(flush);
      });
      state.inode = inode(path);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return;
      armAbove();
    }
  };

  const armAbove = (): void => {
    const above = nearestAbove(path);
    try {
      listen(watch(above.directory), (_type, name) => {
        if (name === above.entry || !existsSync(above.directory)) replaced();
      });
    } catch {
      return;
    }
    // It may have come between the two looks.
    if (existsSync(join(above.directory, above.entry))) {
      stop();
      arm();
    }
  };

  arm();
  return {
    watching: () => state.watcher !== undefined,
    close: () => {
      state.closed = true;
      stop();
    },
  };
};

/**
 * Which directory it is, whatever it is called: as `stat -c %d:%i` prints it. Many file systems give inodes above 2^53, which
 * a number rounds, so that scripts see another directory, or two directories look like one.
 */
export const identityIn = ({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): string => `${dev}:${ino}`;

/** @throws an error of the file system where no directory can be seen there */
export const identityOf = async (directory: string): Promise<string> =>
  identityIn(await stat(directory, { bigint: true }));
