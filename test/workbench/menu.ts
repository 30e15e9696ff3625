import type { Locator, Page } from 'playwright-core';
import { pressOnce } from './press.ts';
import { until } from './wait.ts';

/** Milliseconds, more than a menu is deaf for when it has opened, so that the click that opened it chooses nothing. */
const deafMs = 200;

/**
 * Opens a menu and chooses in it; all names but the last open submenus. A menu closes when what it belongs to is drawn anew
 * just then: then it is opened again, as a person would do.
 * @param open one try to open it, which need not succeed
 */
export const chooseInMenu = async (
  page: Page,
  open: () => Promise<unknown>,
  path: readonly [string, ...string[]],
): Promise<void> => {
  const menus = page.locator('.monaco-menu:visible');
  const itemAt = (depth: number, name: string): Locator =>
    menus
      .nth(depth)
      .locator(
        `.action-item:not(.disabled) > .action-menu-item:has(> .action-label[aria-label=${JSON.stringify(name)}])`,
      );
  const soon = { timeout: 1_000 };
  await until(page, `${JSON.stringify(path.join(' › '))} to be chosen in a menu`, async () => {
    if ((await menus.count()) === 0) {
      await open();
      await menus
        .first()
        .waitFor({ timeout: 3_000 })
        .catch(() => undefined);
      return undefined;
    }
    for (let depth = path.length - 1; depth >= 0; depth--) {
      const item = itemAt(depth, path[depth] ?? '');
      if (!(await item.isVisible())) continue;
      // Counted by the page itself, which is deaf for longer when it is slow. The menu may close meanwhile.
      const hears = await item
        .evaluate((_, ms) => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), ms)), deafMs, soon)
        .catch(() => false);
      if (!hears || !(await pressOnce(page, () => item.click(soon)))) return undefined;
      if (depth === path.length - 1) {
        // It has been chosen now, however long the menu takes to close.
        await menus.first().waitFor({ state: 'hidden' });
        return true;
      }
      await menus
        .nth(depth + 1)
        .waitFor(soon)
        .catch(() => undefined);
      return undefined;
    }
    return undefined;
  });
};
