import type { Page } from 'playwright-core';

/** A modal question. */
export interface Dialog {
  /** Waits until one is open. */
  readonly read: () => Promise<{
    readonly message: string;
    readonly detail: string;
    readonly buttons: readonly string[];
  }>;
  readonly press: (button: string) => Promise<void>;
  readonly isOpen: () => Promise<boolean>;
}

export const dialogOf = (page: Page): Dialog => {
  const box = page.locator('.monaco-dialog-box');
  const text = async (selector: string): Promise<string> =>
    (await box.locator(selector).allInnerTexts()).join('\n').trim();
  return {
    read: async () => {
      await box.waitFor();
      return {
        message: await text('.dialog-message-text'),
        detail: await text('.dialog-message-detail'),
        buttons: await box.locator('.dialog-buttons .monaco-button').allInnerTexts(),
      };
    },
    press: async (button) => {
      await box.locator('.dialog-buttons').getByRole('button', { name: button, exact: true }).click();
      await box.waitFor({ state: 'detached' });
    },
    isOpen: async () => (await box.count()) > 0,
  };
};
