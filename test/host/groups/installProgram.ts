import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../../rig/cache.ts';
import type { CommandHost } from '../host.ts';

/** Puts a program of this repository into a host as one file, so that it runs where the repository is not to be seen. */
export const installProgram = async (host: CommandHost, source: string, target: string): Promise<void> => {
  const bundle = await build({
    entryPoints: [join(repositoryRoot, source)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['xml2js'],
    // Some of what is bundled asks for modules of Node's in the old way.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    write: false,
    logLevel: 'silent',
  });
  const text = bundle.outputFiles[0]?.text ?? '';
  const written = await host.run('sh', ['-c', 'cat >"$1"', 'sh', target], { input: text });
  assert.equal(written.exitCode, 0, written.stderr);
};
