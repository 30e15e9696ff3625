import { once } from 'node:events';
import { join } from 'node:path';
import { cacheRoot, repositoryRoot } from './cache.ts';
import { findProgram, start } from './program.ts';
import type { Program } from './program.ts';

const hasDisplay = (): boolean =>
  process.platform === 'darwin' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** The desktop VS Code of this machine, where one could be seen. */
export const findDesktop = (): Program | undefined => (hasDisplay() ? findProgram('code') : undefined);

/** Opens the desktop with the extension of this repository, and waits until its window is closed. */
export const runDesktop = async (code: Program, signal: AbortSignal): Promise<number> => {
  // Root gets a profile of its own: VS Code refuses to use the ordinary one.
  const asRoot =
    process.getuid?.() === 0 ? ['--no-sandbox', `--user-data-dir=${join(cacheRoot(), 'desktop-profile')}`] : [];
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${repositoryRoot}`, ...asRoot];
  const child = start(code, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  signal.addEventListener('abort', () => child.kill(), { once: true });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode ?? 0;
};
