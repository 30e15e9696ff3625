import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { inSlices, NoAnswer } from '../../host/boundedReads.ts';
import { type DirectoryWatch, watchDirectory } from '../../host/watchDirectory.ts';
import { isEntryName } from '../containerName.ts';
import { type Files, plainFiles } from '../../host/files.ts';
import { includesReadOnce } from '../readConfig.ts';
import { findAtHand, lookAt } from './atHand.ts';
import { containerEntries, type DefinedContainer, type Look, readContainer } from './listContainers.ts';

export interface ContainersWatch {
  /** By name. */
  readonly containers: ReadonlyMap<string, DefinedContainer>;
  readonly start: () => void;
  readonly stop: () => void;
  readonly readAll: () => Promise<void>;
}

export interface ContainersChange {
  readonly before: DefinedContainer | undefined;
  readonly now: DefinedContainer | undefined;
}

/** Milliseconds until a directory that did not answer is asked once more. */
const askAgainMs = 10_000;

/** What is in a container's directory that a row tells of. */
const tellingEntries = new Set(['config', 'rootfs']);

/**
 * Keeps the containers of a directory such as /var/lib/lxc by inotify: that they come and go by the directory itself, that their configuration
 * is written by their own directories.
 */
export const createContainersWatch = (
  lxcpath: () => string,
  proc: string,
  onChanged: (changes: readonly ContainersChange[]) => void,
  files: () => Files = () => plainFiles,
): ContainersWatch => {
  const containers = new Map<string, DefinedContainer>();
  const own = new Map<string, DirectoryWatch>();
  const state: {
    above: DirectoryWatch | undefined;
    again: NodeJS.Timeout | undefined;
    waiting: Set<string>;
    reading: Promise<void> | undefined;
  } = {
    above: undefined,
    again: undefined,
    waiting: new Set(),
    reading: undefined,
  };

  /** Nothing would tell when a file system answers at last: what is known stays, and all is read once more in a while. */
  const askAgain = (): void => {
    clearTimeout(state.again);
    if (state.above !== undefined) state.again = setTimeout(() => void readAll(), askAgainMs);
  };

  /** Undefined where the file system does not answer. */
  const isDirectory = async (name: string, isAtHand: boolean): Promise<boolean | undefined> => {
    try {
      return (await lookAt(join(lxcpath(), name), isAtHand, files())).isDirectory();
    } catch (error) {
      return error instanceof NoAnswer ? undefined : false;
    }
  };

  const watchOwn = async (name: string, isAtHand: boolean): Promise<void> => {
    const isNeeded = (): boolean => state.above !== undefined && !own.has(name);
    if (!isNeeded() || !isEntryName(name) || (await isDirectory(name, isAtHand)) !== true || !isNeeded()) return;
    own.set(
      name,
      watchDirectory(join(lxcpath(), name), (event) => {
        if (event.kind === 'replaced' || [...event.entries.keys()].some((entry) => tellingEntries.has(entry)))
          void look([name]);
      }),
    );
  };

  const unwatch = (name: string): void => {
    own.get(name)?.close();
    own.delete(name);
  };

  const readOne = async (name: string, isAtHand: boolean, together: Look): Promise<ContainersChange | undefined> => {
    // Watched before it is read, so that nothing is missed, and even where it is no container yet: lxc-copy writes the configuration last.
    await watchOwn(name, isAtHand);
    const now = await readContainer({ lxcpath: lxcpath(), name }, isAtHand, together);
    if (now === undefined) {
      const isThere = await isDirectory(name, isAtHand);
      if (isThere === undefined) {
        askAgain();
        return undefined;
      }
      if (!isThere) unwatch(name);
    }
    const before = containers.get(name);
    if (isDeepStrictEqual(before, now)) return undefined;
    if (now === undefined) containers.delete(name);
    else containers.set(name, now);
    return { before, now };
  };

  const readWaiting = async (): Promise<void> => {
    while (state.waiting.size > 0) {
      const names = [...state.waiting];
      state.waiting = new Set();
      const changes: ContainersChange[] = [];
      const together = { files: files(), includes: includesReadOnce(files()) };
      const isAtHand = await findAtHand(lxcpath(), proc);
      await inSlices(names, async (name) => {
        const change = await readOne(name, isAtHand(name), together);
        if (change !== undefined) changes.push(change);
      });
      if (changes.length > 0) onChanged(changes);
    }
    state.reading = undefined;
  };

  /** One reader at a time, so that an older look at a container never takes the place of a newer one. */
  const look = (names: Iterable<string>): Promise<void> => {
    for (const name of names) state.waiting.add(name);
    if (state.waiting.size === 0) return Promise.resolve();
    return (state.reading ??= readWaiting());
  };

  const readAll = async (): Promise<void> => {
    const names = await containerEntries(lxcpath(), files());
    if (names === undefined) {
      askAgain();
      return;
    }
    const there = new Set(names);
    for (const name of own.keys()) if (!there.has(name)) unwatch(name);
    await look(new Set([...names, ...containers.keys()]));
  };

  const stop = (): void => {
    clearTimeout(state.again);
    state.above?.close();
    state.above = undefined;
    for (const name of [...own.keys()]) unwatch(name);
  };

  return {
    containers,
    readAll,
    start: () => {
      stop();
      state.above = watchDirectory(lxcpath(), (event) => {
        if (event.kind === 'replaced') {
          void readAll();
          return;
        }
        const renamed = [...event.entries].flatMap(([name, type]) => (type === 'rename' ? [name] : []));
        // The watch of one that is gone, or of another one of its name, is of no use any more.
        for (const name of renamed) unwatch(name);
        if (renamed.length > 0) void look(renamed);
      });
    },
    stop,
  };
};
