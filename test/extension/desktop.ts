import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { ensureTools } from '../host/boot/tools.ts';
import { cacheRoot } from '../rig/cache.ts';
import type { Progress } from '../rig/progress.ts';

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;

/**
 * The desktop VS Code, downloaded into the cache, as an executable that also works where there is no display; undefined,
 * with the reason said, where it cannot be downloaded.
 * @param directory where a wrapper may be written
 */
export const desktopExecutable = async (directory: string, report: Progress): Promise<string | undefined> => {
  const quiet = { report: () => undefined, error: () => undefined };
  try {
    const cachePath = join(cacheRoot(), 'vscode-desktop');
    const desktop = await downloadAndUnzipVSCode({ version: 'stable', cachePath, reporter: quiet });
    if (hasDisplay()) return desktop;
    await ensureTools(['xvfb-run'], 'a display for the desktop VS Code', report);
    const wrapper = join(directory, 'code');
    await writeFile(wrapper, `#!/bin/sh\nexec xvfb-run -a '${desktop.replaceAll("'", "'\\''")}' "$@"\n`);
    await chmod(wrapper, 0o755);
    return wrapper;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report.say(`the desktop VS Code cannot be had (${reason}); the one from npm serves`);
    return undefined;
  }
};
