import type { Locator, Page } from 'playwright-core';
import { until } from './wait.ts';

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
      const clicked = await item.click(soon).then(
        () => true,
        () => false,
      );
      if (!clicked) return undefined;
      if (depth === path.length - 1) {
        // A menu is deaf for its first tenth of a second, so that the click that opened it chooses nothing.
        return menus
          .first()
          .waitFor({ state: 'hidden', ...soon })
          .then(
            () => true,
            () => undefined,
          );
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
