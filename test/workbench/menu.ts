import type { Locator, Page } from 'playwright-core';
import { until } from './wait.ts';

/** Chooses in the open menu; all names but the last open submenus. */
export const chooseInMenu = async (page: Page, path: readonly string[]): Promise<void> => {
  const menus = page.locator('.monaco-menu:visible');
  const itemAt = (depth: number, name: string): Locator =>
    menus
      .nth(depth)
      .locator(
        `.action-item:not(.disabled) > .action-menu-item:has(> .action-label[aria-label=${JSON.stringify(name)}])`,
      );
  for (const [depth, name] of path.entries()) {
    const item = itemAt(depth, name);
    await item.waitFor();
    // A menu is deaf for its first tenth of a second, so that the click that opened it chooses nothing.
    const took = depth < path.length - 1 ? () => menus.nth(depth + 1) : undefined;
    await until(page, `${JSON.stringify(name)} of the menu to be chosen`, async () => {
      const done = async (): Promise<boolean> =>
        took === undefined ? (await menus.count()) === 0 : (await took().count()) > 0;
      if (await done()) return true;
      await item.click({ timeout: 1_000 }).catch(() => undefined);
      return done();
    });
  }
};
