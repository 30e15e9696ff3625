import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { until } from './wait.ts';

/** The active editor. */
export interface Editor {
  /** The tab's title; waits until there is one. */
  readonly title: () => Promise<string>;
  /** Waits for the tab. */
  readonly opens: (title: string) => Promise<void>;
  /** Visible lines of the text. */
  readonly text: () => Promise<string>;
  /** Waits until the visible lines hold the text. */
  readonly shows: (text: string) => Promise<string>;
  /** Replaces the whole text, and saves it. */
  readonly replaceAndSave: (text: string) => Promise<void>;
  readonly closeAll: () => Promise<void>;
}

/** Runs in the page: lines lie in the DOM in any order. */
export const readLines = (elements: readonly PageElement[]): string =>
  elements
    .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent }))
    .sort((one, other) => one.top - other.top)
    .map((line) => line.text.replaceAll('\u00a0', ' '))
    .join('\n');

export const editorOf = (page: Page, run: (command: string) => Promise<void>): Editor => {
  const tab = page.locator('.part.editor .editor-group-container.active .tab.active');
  // The file's extension is an element of its own.
  const title = async (): Promise<string> =>
    (await tab.locator('.monaco-icon-name-container, .monaco-icon-suffix-container').allTextContents()).join('');
  const text = (): Promise<string> =>
    page.locator('.part.editor .editor-group-container.active .editor-instance .view-line').evaluateAll(readLines);
  return {
    title: async () => {
      await tab.waitFor();
      return title();
    },
    opens: async (title) => {
      await until(page, `an editor ${JSON.stringify(title)}`, async () =>
        (await tab.allTextContents()).includes(title),
      );
    },
    text,
    shows: (wanted) =>
      until(page, `the editor to show ${JSON.stringify(wanted)}`, async () => {
        const shown = await text();
        return shown.includes(wanted) ? shown : undefined;
      }),
    replaceAndSave: async (wanted) => {
      await page.locator('.part.editor .editor-group-container.active .monaco-editor .view-lines').first().click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(wanted);
      const dirty = page.locator('.part.editor .editor-group-container.active .tab.active.dirty');
      await dirty.waitFor();
      await page.keyboard.press('Control+S');
      await dirty.waitFor({ state: 'detached' });
    },
    closeAll: () => run('View: Close All Editors'),
  };
};
