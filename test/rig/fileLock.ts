import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, isRunning } from './processIdentity.ts';

const retryMs = 200;

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const readHolder = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** A hard link appears with its content, so nobody ever reads a lock that does not name its holder yet. */
const tryToTake = async (path: string): Promise<boolean> => {
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, identityOf(process.pid));
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(own);
  }
};

/** Takes the lock of a dead process away; if a live one took it in between, it is given back. */
const breakStale = async (path: string, stale: string): Promise<void> => {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readHolder(aside)) === stale) await rm(aside, { force: true });
  else await rename(aside, path);
};

/**
 * Does the work while holding the lock file `path`; waits for another process that holds it, and takes it from a dead one.
 * `onWait` is called once, with the number of the process that is waited for.
 */
export const withFileLock = async <Result>(
  path: string,
  work: () => Promise<Result>,
  onWait: (pid: string) => void,
): Promise<Result> => {
  const waited = { told: false };
  while (!(await tryToTake(path))) {
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (!isRunning(holder)) {
      await breakStale(path, holder);
      continue;
    }
    if (!waited.told) onWait(holder.split(' ')[0] ?? holder);
    waited.told = true;
    await sleep(retryMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
};
