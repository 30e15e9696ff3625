/**
 * What is downloaded or built once: `.cache/NAME`, whole or not there.
 *
 *     const dir = await ensureCached('rootfs-trixie', 'recipe 3', async (dir, report) => { … fill dir … });
 *
 * It is built as `.cache/NAME.partial-PID` and renamed when whole; `.complete` inside holds the key. Another key, a missing
 * marker, or what a killed process left behind is removed and built again. Several processes may ask at once: one builds,
 * the others wait. The root is `.cache` at the top of the repository, or what the environment variable NSPAWN_CACHE names.
 */
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withFileLock } from './fileLock.ts';
import { isRunning } from './processIdentity.ts';
import { runProgram } from '../host/boot/runProgram.ts';
import { presentTool } from './program.ts';
import { progress } from './progress.ts';
import type { Progress } from './progress.ts';

const marker = '.complete';

/** The top of the repository. */
export const repositoryRoot: string = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The one folder that holds everything downloaded or built. */
export const cacheRoot = (): string => resolve(process.env['NSPAWN_CACHE'] ?? join(repositoryRoot, '.cache'));

/** Removes a directory with all that is in it, but never reaches through a mount into another file system. */
export const removeTree = async (path: string): Promise<void> => {
  if (process.platform === 'linux') await runProgram(presentTool('rm'), ['-rf', '--one-file-system', '--', path]);
  else await rm(path, { recursive: true, force: true });
};

const keyOf = async (directory: string): Promise<string | undefined> => {
  try {
    return await readFile(join(directory, marker), 'utf8');
  } catch {
    return undefined;
  }
};

/** Partials are named for the process that builds them; those of processes that are gone are left-overs. */
const removeStalePartials = async (root: string, name: string, report: Progress): Promise<void> => {
  const prefix = `${name}.partial-`;
  for (const entry of await readdir(root)) {
    if (!entry.startsWith(prefix) || isRunning(entry.slice(prefix.length))) continue;
    report.say(`removing the half-finished ${entry}`);
    await removeTree(join(root, entry));
  }
};

/**
 * The directory `NAME` of the cache, built when it is not there or was built for another key.
 * @param name letters, digits, dot, dash and underscore
 * @param key what the content depends on: the version of the recipe, a list of packages
 * @throws what `build` throws; then nothing is kept
 */
export const ensureCached = async (
  name: string,
  key: string,
  build: (directory: string, report: Progress) => Promise<void>,
  report: Progress = progress,
): Promise<string> => {
  if (!/^[\w][\w.-]*$/.test(name)) throw new Error(`not a name for a cached directory: ${JSON.stringify(name)}`);
  const root = cacheRoot();
  const whole = join(root, name);
  if ((await keyOf(whole)) === key) return whole;
  await mkdir(root, { recursive: true });
  const make = async (): Promise<void> => {
    if ((await keyOf(whole)) === key) return;
    await removeStalePartials(root, name, report);
    await removeTree(whole);
    const partial = join(root, `${name}.partial-${process.pid}`);
    await removeTree(partial);
    await mkdir(partial);
    try {
      await build(partial, report);
      await writeFile(join(partial, marker), key);
      await rename(partial, whole);
    } catch (error) {
      await removeTree(partial);
      throw error;
    }
  };
  await withFileLock(join(root, `${name}.lock`), make, (pid) =>
    report.say(`waiting for process ${pid}, which is building ${name}`),
  );
  return whole;
};
