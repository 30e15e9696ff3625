import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../rig/cache.ts';

/** Milliseconds. Generous, because a busy machine is no failure; a test that passes never waits this long. */
const usualPatienceMs = 45_000;
const lookAgainMs = 100;

/** Pictures of the page, for a person to look at; git-ignored. */
export const screenshot = async (page: Page, name: string): Promise<string> => {
  const directory = join(repositoryRoot, 'screenshots');
  await mkdir(directory, { recursive: true });
  const path = join(directory, `${name.replace(/[^\w.-]+/g, '-')}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
};

const places: readonly (readonly [string, string])[] = [
  ['side bar', '.part.sidebar'],
  ['dialog', '.monaco-dialog-box'],
  ['notifications', '.notifications-toasts'],
  ['quick input', '.quick-input-widget'],
  ['menu', '.monaco-menu'],
  ['editor', '.part.editor'],
  ['panel', '.part.panel'],
];

/** What a person would read on the page, place by place. */
export const visibleText = async (page: Page): Promise<string> => {
  const found: string[] = [];
  for (const [name, selector] of places) {
    const texts = await page.locator(`${selector}:visible`).allInnerTexts();
    const text = texts
      .join('\n')
      .replace(/\n\s*\n+/g, '\n')
      .trim();
    if (text !== '') found.push(`--- ${name}\n${text}`);
  }
  return found.join('\n');
};

/**
 * Looks until `probe` gives something other than undefined or false, and returns it.
 * @param what completes the sentence "waited in vain for …"
 * @throws Error with the text on the page
 */
export const until = async <Result>(
  page: Page,
  what: string,
  probe: () => Promise<Result | undefined | false>,
  patienceMs = usualPatienceMs,
): Promise<Result> => {
  const patience = AbortSignal.timeout(patienceMs);
  for (;;) {
    const result = await probe();
    if (result !== undefined && result !== false) return result;
    if (patience.aborted) throw new Error(`waited in vain for ${what}; the page shows:\n${await visibleText(page)}`);
    await sleep(lookAgainMs);
  }
};
