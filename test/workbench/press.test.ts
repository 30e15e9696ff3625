/** The driver itself, in a page that is as slow as a workbench on a busy machine. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import type { Browser } from './browser.ts';
import { chooseInMenu } from './menu.ts';
import { pressOnce } from './press.ts';

/** Like a menu of VS Code: deaf at first; then an entry is chosen by letting go of it, and closes the menu a while later. */
const menuPage = (busyMs: number, closesAfterMs: number): string => `
  <div id="menu" class="monaco-menu" style="display: none"><div class="action-item">
    <div class="action-menu-item"><span class="action-label" aria-label="Open">Open</span></div>
  </div></div>
  <script>
    const count = (name) => { window[name] = (window[name] ?? 0) + 1; };
    const menu = document.querySelector('#menu');
    const choose = () => {
      count('chosen');
      const end = performance.now() + ${busyMs};
      while (performance.now() < end);
      setTimeout(() => { menu.style.display = 'none'; }, ${closesAfterMs});
    };
    const openMenu = () => {
      count('opened');
      menu.style.display = 'block';
      menu.onmouseup = null;
      setTimeout(() => { menu.onmouseup = choose; }, 100);
    };
  </script>`;

describe('the driver of the workbench', () => {
  const held: { browser?: Browser } = {};
  before(async () => {
    held.browser = await openBrowser();
  });
  after(async () => {
    await held.browser?.close();
  });
  const pageWith = async (html: string): Promise<Page> => {
    assert.ok(held.browser !== undefined);
    const { page } = held.browser;
    await page.goto('about:blank');
    await page.setContent(html);
    return page;
  };

  for (const [what, busyMs, closesAfterMs] of [
    ['the page answers late', 2_500, 0],
    ['the menu closes late', 0, 2_500],
  ] as const)
    test(`presses an entry of a menu once where ${what}`, async () => {
      const page = await pageWith(menuPage(busyMs, closesAfterMs));
      await chooseInMenu(page, () => page.evaluate('openMenu()'), ['Open']);
      assert.deepEqual(await page.evaluate('[opened, chosen]'), [1, 1]);
    });

  test('knows a click that was given up and has arrived from one that has not', async () => {
    const slow =
      'let pressed = 0; onmousedown = () => { const end = performance.now() + 1500; while (performance.now() < end); }';
    const page = await pageWith(`<button onclick="pressed++">Press</button><script>${slow}</script>`);
    const press = (): Promise<boolean> => pressOnce(page, () => page.getByRole('button').click({ timeout: 1_000 }));
    for (let times = 1; times <= 3; times++) {
      const before = await page.evaluate<number>('pressed');
      assert.equal(await press(), (await page.evaluate<number>('pressed')) > before);
    }
    await page.evaluate(`
      onmousedown = null;
      document.body.insertAdjacentHTML('beforeend', '<div style="position: fixed; inset: 0">');`);
    const before = await page.evaluate('pressed');
    assert.equal(await press(), false);
    assert.equal(await page.evaluate('pressed'), before);
  });
});
