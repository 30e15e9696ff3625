import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../host/host.ts';
import { removeTree } from '../rig/cache.ts';
import { openBrowser } from '../workbench/browser.ts';
import { ensureVsCode, hostVsCode } from '../workbench/installVsCode.ts';
import { startServer } from '../workbench/server.ts';
import { testSettings } from '../workbench/serverSettings.ts';
import { installExtension, stageExtension } from '../workbench/stageExtension.ts';
import { openWorkbench } from '../workbench/workbench.ts';
import type { Workbench } from '../workbench/workbench.ts';

/** A VS Code in a host, with our extension as a user gets it. */
export interface BenchWorkbench {
  readonly host: Host;
  readonly workbench: Workbench;
  /** A new window in place of the last one: a new extension host, nothing of us loaded, another view in the side bar. */
  readonly reopen: () => Promise<void>;
}

/** VS Code itself starts ps, ls and grep in a remote extension host every few seconds, to find ports to forward. */
const withoutPortSearch = { 'remote.autoForwardPortsSource': 'output' };

/** VS Code in a browser writes down its state every five seconds. */
const flushMs = 6500;

/** The folder that is open; a measurement may fill it. */
export const benchFolder = '/srv/bench-folder';

/** Runs `use` with a VS Code in the host, and ends it. The host stays. */
export const withBenchWorkbench = async <Result>(
  host: Host,
  use: (bench: BenchWorkbench) => Promise<Result>,
): Promise<Result> => {
  const closers: (() => Promise<void>)[] = [];
  try {
    const staged = await mkdtemp(join(tmpdir(), 'nspawn-extension-'));
    closers.push(() => removeTree(staged));
    await ensureVsCode();
    await stageExtension(staged);
    await host.run('mkdir', ['-p', benchFolder]);
    const server = await startServer({
      vsCode: hostVsCode,
      enter: host.enter,
      settings: { ...testSettings, ...withoutPortSearch },
      prepare: ({ place, extensionsDirectory }) => installExtension(place, staged, extensionsDirectory),
    });
    closers.push(server.stop);
    const { page, close } = await openBrowser();
    closers.push(close);
    const workbench = await openWorkbench(page, server, { folder: benchFolder });
    const reopen = async (): Promise<void> => {
      // A window that is reloaded shows the view of before, as far as that was written down by then.
      await workbench.sideBar.open('Search');
      await sleep(flushMs);
      await page.reload({ waitUntil: 'commit' });
      await page.locator('.part.sidebar .search-view').waitFor({ timeout: 60_000 });
    };
    return await use({ host, workbench, reopen });
  } finally {
    for (const closer of closers.reverse()) await closer();
  }
};
