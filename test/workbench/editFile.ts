import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { pressOnce } from './press.ts';
import { until } from './wait.ts';
import type { Workbench } from './workbench.ts';

/** Answers VS Code's question for a file with a path. */
export const answerWithFile = async ({ page, quickInput }: Workbench, title: string, file: string): Promise<void> => {
  await quickInput.headingWith(title);
  // The path is looked up while it is typed, and accepted only when it has been found.
  const input = page.locator('.quick-input-widget:visible input[type="text"]');
  // The next question stands in the same place.
  const heading = page.locator('.quick-input-widget:visible .quick-input-title');
  const isOver = async (): Promise<boolean> => !(await heading.allInnerTexts()).join('').includes(title);
  await until(page, 'the path to be accepted', async () => {
    if (await isOver()) return true;
    // The question may be answered, and its input gone, at any moment: then there is nothing to read or to press.
    const soon = { timeout: 1_000 };
    const value = await input.inputValue(soon).catch(() => undefined);
    // The directory that the question begins with may come late and take the place of what was typed.
    if (value !== file) {
      await input.fill(file, soon).catch(() => undefined);
      return undefined;
    }
    await input.press('Enter', soon).catch(() => undefined);
    // A second one, while the question closes on a busy machine, would go into the file that has opened.
    return until(page, 'the question to close', isOver, 10_000).catch(() => undefined);
  });
};

/** Opens a file of the host by its path. */
export const openFile = async (workbench: Workbench, file: string): Promise<void> => {
  await workbench.run('File: Open File...');
  await answerWithFile(workbench, 'Open File', file);
  await workbench.editor.opens(basename(file));
};

/** Replaces the text without saving it, as by typing. */
export const write = async ({ page }: Workbench, text: string): Promise<void> => {
  await page.locator('.part.editor .editor-group-container.active .monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
};

const problems = async (page: Page): Promise<readonly string[]> =>
  page.locator('.markers-panel .monaco-list-row').allInnerTexts();

/** Waits until the list of problems has one that holds all of the words. */
export const problemShows = (page: Page, ...words: readonly string[]): Promise<true> =>
  until(page, `a problem with ${JSON.stringify(words)}`, async () =>
    (await problems(page)).some((row) => words.every((word) => row.includes(word))) ? true : undefined,
  );

export const problemGone = (page: Page, word: string): Promise<true> =>
  until(page, `no problem with ${JSON.stringify(word)}`, async () =>
    (await problems(page)).every((row) => !row.includes(word)) ? true : undefined,
  );

/** The first line of the active editor that holds the text. The order of lines in the page is not that of the text. */
export const lineOf = (page: Page, text: string): Locator =>
  page.locator('.part.editor .editor-group-container.active .view-line', { hasText: text }).first();

/**
 * Takes the fix of the problem at the beginning of that line, by the menu of fixes. The menu closes when the problems are
 * made known anew meanwhile; then it is opened again, as a person would do.
 */
export const takeFix = async ({ page }: Workbench, line: string, fix: string): Promise<void> => {
  const item = page.locator('.action-widget').getByText(fix);
  await until(page, `the fix ${JSON.stringify(fix)}`, async () => {
    await page.keyboard.press('Escape');
    await lineOf(page, line).click({ position: { x: 20, y: 8 } });
    // Not from the palette, which leaves the command out for good when it is opened before the language server has started.
    await page.keyboard.press('Control+.');
    try {
      await item.waitFor({ timeout: 3_000 });
      // A click that has arrived must not count as none: the next try would not find the line any more.
      return await pressOnce(page, () => item.click({ timeout: 15_000 }));
    } catch {
      return false;
    }
  });
};
