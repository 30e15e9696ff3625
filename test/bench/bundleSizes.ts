import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runProgram } from '../host/boot/runProgram.ts';
import { repositoryRoot } from '../rig/cache.ts';
import { thisNode } from '../rig/program.ts';
import { short } from './figure.ts';
import type { Figure } from './figure.ts';

const activationGoal = 200_000;

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly imports: readonly { readonly path: string; readonly kind: string }[] }>
  >;
}

/** The files that are read to activate the extension: all but what stands behind an import(). */
const readAtOnce = async (directory: string): Promise<ReadonlySet<string>> => {
  const { outputs } = JSON.parse(await readFile(join(directory, 'meta.json'), 'utf8')) as Metafile;
  const found = new Set<string>();
  const add = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && outputs[next] !== undefined) add(next);
  };
  add('dist/extension.js');
  return new Set([...found].map((path) => basename(path)));
};

/** The minified bundles as they are packaged. */
export const measureBundles = async (): Promise<readonly Figure[]> => {
  await runProgram(thisNode, ['esbuild.mjs', '--production', '--metafile'], { cwd: repositoryRoot });
  const directory = join(repositoryRoot, 'dist');
  const atOnce = await readAtOnce(directory);
  const figures: Figure[] = [];
  const activation = { bytes: 0 };
  for (const name of (await readdir(directory)).filter((file) => file.endsWith('.js')).sort()) {
    const { size } = await stat(join(directory, name));
    if (atOnce.has(name)) activation.bytes += size;
    figures.push({ title: `bundle ${name}`, value: `${short(size / 1000)} kB` });
  }
  figures.push({
    title: 'our code that activation reads',
    value: `${short(activation.bytes / 1000)} kB`,
    goal: { text: 'under 200 kB', met: activation.bytes < activationGoal },
  });
  return figures;
};
