import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { tool } from '../host/boot/tools.ts';
import { endWithParent } from '../rig/endWithParent.ts';
import { findProgram } from '../rig/program.ts';

export interface Browser {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** The first draws the same pages without what stands around them, for three quarters of the processor time. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/**
 * The last such option counts, so those of playwright-core's that matter here are named once more. The first two read
 * each script in a thread of its own while it arrives, and then again where it runs: for VS Code's, a third of its start.
 */
const withoutFeatures = [
  ...['ScriptStreaming', 'BackgroundResourceFetch'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'PaintHolding'],
  ...['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'ThirdPartyStoragePartitioning'],
  ...['OptimizationHints', 'NetworkTimeServiceQuerying', 'PreconnectToSearch', 'MediaRouter', 'LensOverlay'],
];

/** Quiet, and without the sandbox that root cannot have. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--disable-default-apps',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-default-browser-check',
  '--no-first-run',
  `--disable-features=${withoutFeatures.join(',')}`,
];

/** What moves for as long as something is busy is drawn sixty times a second by the processor, which has better things to do. */
const stillness = `addEventListener('DOMContentLoaded', () => {
  const style = document.createElement('style');
  style.textContent = '*, ::before, ::after { animation: none !important; }';
  document.head.append(style);
});`;

/** The browser of this machine; on Debian it is installed when it is missing. */
const ensureChromium = async (): Promise<string> =>
  process.env['CHROMIUM'] ?? findProgram(...names) ?? (await tool('chromium-headless-shell'));

/** A headless browser with one empty page. It ends with this process, because it notices that its pipe is closed. */
export const openBrowser = async (): Promise<Browser> => {
  const executablePath = await ensureChromium();
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-chromium-'));
  const callOff = endWithParent(undefined, [directory]);
  const context = await chromium.launchPersistentContext(directory, {
    executablePath,
    headless: true,
    args,
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(45_000);
  await context.addInitScript(stillness);
  return {
    page,
    close: async () => {
      await context.close();
      callOff();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
