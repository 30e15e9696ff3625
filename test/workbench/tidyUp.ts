import type { Workbench } from './workbench.ts';

/** Closes what a test, in particular a failing one, may have left open: a menu, a question, an input, notifications. */
export const tidyUp = async (workbench: Workbench): Promise<void> => {
  const { page } = workbench;
  for (const selector of ['.monaco-menu:visible', '.monaco-dialog-box', '.quick-input-widget:visible']) {
    const open = page.locator(selector).first();
    if ((await open.count()) === 0) continue;
    await page.keyboard.press('Escape');
    await open.waitFor({ state: 'hidden' });
  }
  await workbench.notifications.clear();
  // Away from the rows, so that no hover lies over them.
  await page.mouse.move(800, 300);
};
