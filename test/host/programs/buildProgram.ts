import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { progress } from '../../rig/progress.ts';
import { runTool } from '../boot/runTool.ts';
import { ensureTools } from '../boot/tools.ts';

/**
 * Builds `NAME.c` of this directory into a directory that lasts as long as this process: a program that runs in every machine,
 * because it needs no library, or one that opens its own. gencat stands for the C library's headers, in whose package it is.
 */
export const buildProgram = async (name: string, ...options: readonly string[]): Promise<string> => {
  await ensureTools(['gcc', 'gencat'], 'for a program that runs in machines', progress);
  const directory = await mkdtemp(join(tmpdir(), `${name}-`));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  await runTool('gcc', [
    // What opens a library while it runs cannot be static.
    ...(options.includes('-ldl') ? [] : ['-static']),
    '-O1',
    ...options,
    '-o',
    join(directory, name),
    join(import.meta.dirname, `${name}.c`),
  ]);
  return directory;
};
