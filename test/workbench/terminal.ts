import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { until } from './wait.ts';

/** The terminal that is shown, in the panel or in an editor. */
export interface Terminal {
  /** Waits until one is there. */
  readonly text: () => Promise<string>;
  /** Types as a keyboard would; end with `\n` to send. */
  readonly type: (text: string) => Promise<void>;
  /** Waits for text, which may be broken over rows. */
  readonly shows: (text: string) => Promise<string>;
  /** Clicks a terminal in the list beside them. */
  readonly select: (name: string) => Promise<void>;
  /** Ends all terminals. */
  readonly closeAll: () => Promise<void>;
  /** Names in the list of terminals, or of the only one. */
  readonly names: () => Promise<readonly string[]>;
}

/** The rows of the terminal's DOM renderer, without the blanks that fill them. */
const readText = (elements: readonly PageElement[]): readonly string[] =>
  elements.map((element) => element.textContent.replaceAll('\u00a0', ' ').trimEnd());

export const terminalOf = (page: Page, run: (command: string) => Promise<void>): Terminal => {
  const rows = page.locator('.terminal-wrapper.active:visible .xterm-rows > div');
  const lines = (): Promise<readonly string[]> => rows.evaluateAll(readText);
  return {
    text: async () => {
      await rows.first().waitFor();
      return (await lines()).join('\n').trimEnd();
    },
    type: async (text) => {
      await page.locator('.terminal-wrapper.active:visible .xterm-helper-textarea').first().focus();
      await page.keyboard.type(text);
    },
    shows: (text) =>
      until(page, `the terminal to show ${JSON.stringify(text)}`, async () => {
        const all = await lines();
        return all.join('\n').includes(text) || all.join('').includes(text) ? all.join('\n').trimEnd() : undefined;
      }),
    select: async (name) => {
      await page.locator('.part.panel .terminal-tabs-entry', { hasText: name }).first().click();
    },
    closeAll: async () => {
      await run('Terminal: Kill All Terminals');
      await page.locator('.part.panel .terminal-wrapper:visible').first().waitFor({ state: 'hidden' });
    },
    names: () =>
      page
        .locator('.part.panel .terminal-tabs-entry .label-name, .part.panel .single-terminal-tab')
        .evaluateAll((elements: readonly PageElement[]) => elements.map((element) => element.textContent.trim())),
  };
};
