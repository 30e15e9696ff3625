import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { until } from './wait.ts';

export interface Notification {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly buttons: readonly string[];
}

export interface Notifications {
  readonly all: () => Promise<readonly Notification[]>;
  /** Waits for one whose message holds the text. */
  readonly find: (text: string, patienceMs?: number) => Promise<Notification>;
  /** Waits for it and presses one of its buttons. */
  readonly press: (text: string, button: string) => Promise<void>;
  readonly gone: (text: string) => Promise<void>;
  readonly clear: () => Promise<void>;
}

/** Runs in the page. */
const read = (elements: readonly PageElement[]): readonly Notification[] =>
  elements.map((element) => ({
    severity:
      element.querySelector('.codicon-error') !== null
        ? 'error'
        : element.querySelector('.codicon-warning') !== null
          ? 'warning'
          : 'info',
    message: element.querySelector('.notification-list-item-message')?.textContent ?? '',
    buttons: [...element.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map(
      (button) => button.textContent,
    ),
  }));

export const notificationsOf = (page: Page, run: (command: string) => Promise<void>): Notifications => {
  const toasts = page.locator('.notifications-toasts .notification-list-item');
  const all = (): Promise<readonly Notification[]> => toasts.evaluateAll(read);
  const find: Notifications['find'] = (text, patienceMs) =>
    until(
      page,
      `a notification that says ${JSON.stringify(text)}`,
      async () => (await all()).find((one) => one.message.includes(text)),
      patienceMs,
    );
  return {
    all,
    find,
    press: async (text, button) => {
      await find(text);
      const toast = toasts.filter({ hasText: text }).first();
      await toast.getByRole('button', { name: button, exact: true }).click();
    },
    gone: async (text) => {
      await until(page, `the notification ${JSON.stringify(text)} to go`, async () =>
        (await all()).every((one) => !one.message.includes(text)),
      );
    },
    clear: async () => {
      if ((await toasts.count()) === 0) return;
      await run('Notifications: Clear All Notifications');
      await toasts.first().waitFor({ state: 'detached' });
    },
  };
};
