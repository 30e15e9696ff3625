import type { Page } from 'playwright-core';
import { readLines } from './editor.ts';
import type { QuickInput } from './quickInput.ts';
import { until } from './wait.ts';

/** Output channels in the panel. */
export interface Output {
  readonly open: (channel: string) => Promise<void>;
  /** Waits until the visible lines of the open channel hold the text. */
  readonly shows: (text: string) => Promise<string>;
}

export const outputOf = (page: Page, quickInput: QuickInput): Output => ({
  open: async (channel) => {
    await quickInput.run('Output: Show Output Channels...');
    await quickInput.choose(channel);
  },
  shows: (wanted) =>
    until(page, `the output to show ${JSON.stringify(wanted)}`, async () => {
      const shown = await page.locator('.part.panel .output-view .view-line').evaluateAll(readLines);
      return shown.includes(wanted) ? shown : undefined;
    }),
});
