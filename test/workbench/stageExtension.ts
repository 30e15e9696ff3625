import { createHash } from 'node:crypto';
import { copyFile, cp, glob, mkdir, readFile, readdir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from '../host/boot/runProgram.ts';
import { cacheRoot, ensureCached, removeTree, repositoryRoot } from '../rig/cache.ts';
import { thisNode } from '../rig/program.ts';
import { copyTo, writeFileIn } from './place.ts';
import type { Place } from './place.ts';

/** What the tests need of our package.json. */
export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
}

const text = (manifest: object, key: string): string => {
  const value: unknown = Reflect.get(manifest, key);
  if (typeof value !== 'string') throw new Error(`package.json has no ${key}.`);
  return value;
};

export const readManifest = async (directory: string): Promise<Manifest> => {
  const manifest: unknown = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null) throw new Error('package.json is no object.');
  return {
    name: text(manifest, 'name'),
    publisher: text(manifest, 'publisher'),
    version: text(manifest, 'version'),
  };
};

/** The patterns that .vscodeignore lets into the VSIX; it leaves everything else out with its first line. */
const packagedPatterns = async (): Promise<readonly string[]> => {
  const lines = (await readFile(join(repositoryRoot, '.vscodeignore'), 'utf8')).split('\n');
  if (!lines.includes('**'))
    throw new Error('.vscodeignore no longer starts from nothing: stageExtension.ts must change.');
  return lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).trim());
};

/** What bundles are made of, as one word. */
const hashOfSources = async (): Promise<string> => {
  const patterns = ['src/**', 'scripts/*.mjs', 'esbuild.mjs', 'package.json', 'package-lock.json'];
  const paths: string[] = [];
  for await (const file of glob(patterns, { cwd: repositoryRoot, withFileTypes: true }))
    if (file.isFile()) paths.push(join(file.parentPath, file.name));
  const hash = createHash('sha256');
  for (const path of paths.sort()) hash.update(`${path.slice(repositoryRoot.length)}\0`).update(await readFile(path));
  return hash.digest('hex');
};

const dayMs = 24 * 60 * 60_000;

/** Bundles of sources that are no more. */
const removeOldBundles = async (): Promise<void> => {
  for (const name of await readdir(cacheRoot())) {
    // Not a lock, nor what is being built just now.
    if (!/^release-[\da-f]+$/u.test(name)) continue;
    const path = join(cacheRoot(), name);
    const used = await stat(path).catch(() => undefined);
    if (used !== undefined && Date.now() - used.mtimeMs > dayMs) await removeTree(path);
  }
};

/** Bundles as for a release, built once for the sources as they are; two trees that share a cache have one each. */
const ensureBundles = async (): Promise<string> => {
  const hash = await hashOfSources();
  const directory = await ensureCached(`release-${hash.slice(0, 12)}`, hash, async (partial) => {
    const args = ['esbuild.mjs', '--production', `--outdir=${join(partial, 'dist')}`];
    await runProgram(thisNode, args, { cwd: repositoryRoot });
    await removeOldBundles();
  });
  const now = new Date();
  await utimes(directory, now, now);
  return directory;
};

/**
 * Puts the files of the VSIX, with bundles of the sources as they are now and as for a release, into a directory: what a user
 * gets is what is tested, and no two test files share a `dist`.
 */
export const stageExtension = async (directory: string): Promise<void> => {
  await cp(join(await ensureBundles(), 'dist'), join(directory, 'dist'), { recursive: true });
  for await (const file of glob(await packagedPatterns(), {
    cwd: repositoryRoot,
    exclude: ['dist/**'],
    withFileTypes: true,
  })) {
    if (!file.isFile()) continue;
    const from = join(file.parentPath, file.name);
    const to = join(directory, from.slice(repositoryRoot.length + 1));
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
  }
};

/** Copies a staged extension, and makes its entry in the list of those that are installed. */
const copyExtension = async (place: Place, staged: string, extensionsDirectory: string): Promise<object> => {
  const { name, publisher, version } = await readManifest(staged);
  const relativeLocation = `${publisher}.${name}-${version}`;
  const path = `${extensionsDirectory}/${relativeLocation}`;
  await copyTo(place, staged, path);
  return {
    identifier: { id: `${publisher}.${name}` },
    version,
    location: { $mid: 1, path, scheme: 'file' },
    relativeLocation,
    metadata: { installedTimestamp: Date.now(), source: 'vsix' },
  };
};

/**
 * Installs staged extensions into a server's extension directory as VS Code itself would: their files, and the list, which
 * holds no others afterwards.
 */
export const installExtensions = async (
  place: Place,
  staged: readonly string[],
  extensionsDirectory: string,
): Promise<void> => {
  const entries: object[] = [];
  for (const directory of staged) entries.push(await copyExtension(place, directory, extensionsDirectory));
  await writeFileIn(place, `${extensionsDirectory}/extensions.json`, JSON.stringify(entries));
};

/** Installs one staged extension, and no other. */
export const installExtension = (place: Place, staged: string, extensionsDirectory: string): Promise<void> =>
  installExtensions(place, [staged], extensionsDirectory);
