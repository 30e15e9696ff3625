import { lstatSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/**
 * Which file code was compiled from: V8 itself compares no more than the length of the text. In whole words of eight bytes, or V8
 * would copy the code that stands behind it.
 */
const originOf = (path: string): Buffer => {
  const { ctimeNs, ino, size } = statSync(path, { bigint: true });
  const origin = Buffer.from(JSON.stringify([path, ...[ino, size, ctimeNs].map(String)]));
  return Buffer.concat([origin, Buffer.alloc(8 - (origin.length % 8), '\n')]);
};

/** What lies there is run, so nobody else may have put it there. */
const isOurs = (directory: string): boolean => {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0;
};

const read = (place: string, origin: Buffer): Buffer | undefined => {
  try {
    if (!isOurs(dirname(place))) return undefined;
    const kept = readFileSync(place);
    return kept.subarray(0, origin.length).equals(origin) ? kept.subarray(origin.length) : undefined;
  } catch {
    return undefined;
  }
};

export interface CompiledFile {
  /** Whether code was there that V8 takes. */
  readonly isKept: boolean;
  readonly run: (require: NodeJS.Require) => void;
  /** Keeps what has been compiled until now, the functions that were called included; without a place to write it is left. */
  readonly keep: () => void;
}

/**
 * A file that the build made a function, compiled, or made from code that was kept. The compile cache of Node.js keeps only what is
 * compiled before the file runs; most of the time of a start goes into the functions that are called then.
 * @param path its value is a function that takes `require`; in ASCII, so that nothing has to be decoded and the text takes half as
 *   much memory
 * @param place where its code is kept
 */
export const compileFile = (path: string, place: string): CompiledFile => {
  const origin = originOf(path);
  const cachedData = read(place, origin);
  const script = new Script(readFileSync(path, 'latin1'), {
    filename: path,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const run = script.runInThisContext() as CompiledFile['run'];
  return {
    isKept: cachedData !== undefined && script.cachedDataRejected === false,
    run,
    keep: () => {
      try {
        mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
        if (!isOurs(dirname(place))) return;
        const unfinished = `${place}.${process.pid}`;
        writeFileSync(unfinished, Buffer.concat([origin, script.createCachedData()]), { mode: 0o600 });
        renameSync(unfinished, place);
      } catch {
        // The next run is as slow as this one.
      }
    },
  };
};
