import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { cacheRoot, repositoryRoot } from './cache.ts';
import { firstExecutable } from './firstExecutable.ts';

const inPath = (name: string): Promise<string | undefined> =>
  firstExecutable((process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, name)));

const hasDisplay = (): boolean =>
  process.platform === 'darwin' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** The desktop VS Code of this machine, where one could be seen. */
export const findDesktop = (): Promise<string | undefined> =>
  hasDisplay() ? inPath('code') : Promise.resolve(undefined);

/** Opens the desktop with the extension of this repository, and waits until its window is closed. */
export const runDesktop = async (code: string, signal: AbortSignal): Promise<number> => {
  // Root gets a profile of its own: VS Code refuses to use the ordinary one.
  const asRoot =
    process.getuid?.() === 0 ? ['--no-sandbox', `--user-data-dir=${join(cacheRoot(), 'desktop-profile')}`] : [];
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${repositoryRoot}`, ...asRoot];
  const child = spawn(code, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  signal.addEventListener('abort', () => child.kill(), { once: true });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode ?? 0;
};
