import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../host/boot/runProgram.ts';
import { repositoryRoot } from '../rig/cache.ts';
import { thisNode } from '../rig/program.ts';
import { short } from './figure.ts';
import type { Figure } from './figure.ts';

const extensionGoal = 400_000;

/** The minified bundles as they are packaged. */
export const measureBundles = async (): Promise<readonly Figure[]> => {
  await runProgram(thisNode, ['esbuild.mjs', '--production'], { cwd: repositoryRoot });
  const directory = join(repositoryRoot, 'dist');
  const figures: Figure[] = [];
  for (const name of (await readdir(directory)).filter((file) => file.endsWith('.js')).sort()) {
    const { size } = await stat(join(directory, name));
    const goal = name === 'extension.js' ? { goal: { text: 'under 400 kB', met: size < extensionGoal } } : {};
    figures.push({ title: `bundle ${name}`, value: `${short(size / 1000)} kB`, ...goal });
  }
  return figures;
};
