import type { Page } from 'playwright-core';

interface Presses {
  readonly down: number;
  readonly up: number;
}

/** Runs in the page. What Playwright keeps from a wrong element ends at the window, so it does not count. */
const countPresses = `(() => {
  if (window.rigPresses === undefined) {
    const presses = (window.rigPresses = { down: 0, up: 0 });
    document.addEventListener('mousedown', () => presses.down++, true);
    document.addEventListener('mouseup', () => presses.up++, true);
  }
  return { ...window.rigPresses };
})()`;

/**
 * Presses something once, and tells whether it was pressed: a click that was given up on a busy machine may have arrived all
 * the same, and must not be tried again.
 */
export const pressOnce = async (page: Page, press: () => Promise<unknown>): Promise<boolean> => {
  const before = await page.evaluate<Presses>(countPresses);
  try {
    await press();
    return true;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
  }
  // What the mouse does arrives in order: after this nothing of the click is on its way. It also closes a hover that lay over it.
  await page.mouse.move(1000, 300);
  const after = await page.evaluate<Presses>(countPresses);
  const pressed = after.up > before.up;
  if (!pressed && after.down > before.down) await page.mouse.up();
  return pressed;
};
