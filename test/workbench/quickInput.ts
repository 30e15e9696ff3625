import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { until } from './wait.ts';

export interface QuickInputItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

export interface QuickInputHeading {
  readonly title: string;
  readonly message: string;
  readonly placeholder: string;
}

/** The widget at the top: the command palette, quick picks and input boxes. */
export interface QuickInput {
  /** Waits until it is open, and tells its title and prompt. */
  readonly heading: () => Promise<QuickInputHeading>;
  /** The same for one whose title holds the text. */
  readonly headingWith: (title: string) => Promise<QuickInputHeading>;
  /** Waits until there are items, and tells those that are visible. */
  readonly items: () => Promise<readonly QuickInputItem[]>;
  readonly choose: (label: string) => Promise<void>;
  /** Replaces the text of the input and accepts it. */
  readonly enter: (text: string) => Promise<void>;
  /** Replaces the text without accepting it. */
  readonly fill: (text: string) => Promise<void>;
  readonly value: () => Promise<string>;
  /** Waits until an input box says the text below its line: a prompt, or what is wrong. */
  readonly says: (text: string) => Promise<void>;
  /** Accepts what is there. */
  readonly accept: () => Promise<void>;
  /** The same where several may be chosen, as soon as something is ticked: what is ticked from the start comes a moment after the list. */
  readonly acceptTicked: () => Promise<void>;
  readonly cancel: () => Promise<void>;
  /** Runs a command from the palette: `Category: Title`, as it stands there. */
  readonly run: (command: string) => Promise<void>;
}

const widget = '.quick-input-widget:visible';

/** Runs in the page. */
const readItems = (elements: readonly PageElement[]): readonly QuickInputItem[] => {
  const read = (element: PageElement, selector: string): string => element.querySelector(selector)?.textContent ?? '';
  return [...elements]
    .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
    .map((element) => ({
      // An icon before the text leaves a blank.
      label: read(element, '.quick-input-list-label .label-name').trim(),
      description: read(element, '.quick-input-list-label .label-description'),
      detail: read(element, '.quick-input-list-label-meta'),
    }));
};

export const quickInputOf = (page: Page): QuickInput => {
  const input = page.locator(`${widget} .quick-input-box input`);
  const rows = page.locator(`${widget} .quick-input-list .monaco-list-row`);
  const readAll = (): Promise<readonly QuickInputItem[]> => rows.evaluateAll(readItems);
  const choose = async (label: string, options: { readonly timeout?: number } = {}): Promise<void> => {
    // The list is drawn anew while it is filtered, so the row is looked for by its label until the moment of the click.
    const escaped = label.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`).replaceAll(/\s+/gu, String.raw`\s+`);
    const named = page.locator('.quick-input-list-label .label-name', {
      hasText: new RegExp(`^\\s*${escaped}\\s*$`, 'u'),
    });
    await rows.filter({ has: named }).first().click(options);
  };
  const heading = async (): Promise<QuickInputHeading> => {
    await input.waitFor();
    const text = async (selector: string): Promise<string> =>
      (await page.locator(`${widget} ${selector}`).allInnerTexts()).join('').trim();
    return {
      title: await text('.quick-input-title'),
      message: await text('.quick-input-message'),
      placeholder: (await input.getAttribute('placeholder')) ?? '',
    };
  };
  return {
    heading,
    headingWith: (title) =>
      until(page, `a question titled ${JSON.stringify(title)}`, async () => {
        if ((await input.count()) === 0) return undefined;
        const found = await heading();
        return found.title.includes(title) ? found : undefined;
      }),
    items: async () => {
      await rows.first().waitFor();
      return readAll();
    },
    choose: (label) => choose(label),
    enter: async (text) => {
      await input.fill(text);
      await input.press('Enter');
    },
    fill: (text) => input.fill(text),
    value: () => input.inputValue(),
    says: async (text) => {
      await page.locator(`${widget} .quick-input-message`, { hasText: text }).waitFor();
    },
    accept: () => input.press('Enter'),
    acceptTicked: async () => {
      await page.locator(`${widget} .quick-input-count`, { hasText: /^[1-9]/u }).waitFor();
      await input.press('Enter');
    },
    cancel: async () => {
      await input.press('Escape');
      await input.waitFor({ state: 'hidden' });
    },
    run: async (command) => {
      // An editor that opens a moment later takes the keyboard, which closes the palette.
      await until(page, `the palette with ${JSON.stringify(command)}`, async () => {
        await page.keyboard.press('F1');
        try {
          await input.fill(`>${command}`, { timeout: 3_000 });
          await rows.filter({ hasText: command }).first().waitFor({ timeout: 10_000 });
          // What is closed before it is clicked has not run.
          await choose(command, { timeout: 10_000 });
          return true;
        } catch (error) {
          if (error instanceof Error && error.name === 'TimeoutError') return undefined;
          throw error;
        }
      });
    },
  };
};
