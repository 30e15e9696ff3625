/**
 * Measures inside the page, where the clock is read the moment something happens. The scripts are text, because they are
 * the browser's and its types stay out of this repository's scope.
 */
import type { Page } from 'playwright-core';

const rows = '.part.sidebar .monaco-list-row';

/** Rows of our view, in groups or not. */
export const ourRows = `${rows}[aria-label^="machine "], ${rows}[aria-label^="image "]`;
/** Rows of the Explorer. */
export const explorerRows = '.part.sidebar .explorer-folders-view .monaco-list-row';

/**
 * Clicks on an icon of the activity bar.
 * @returns milliseconds from the press of the mouse until rows are drawn
 */
export const timeFromClickToRows = async (page: Page, icon: string, selector: string): Promise<number> => {
  await page.evaluate(`globalThis.benchRows = new Promise((resolve) => {
    const state = {};
    addEventListener('mousedown', () => { state.began = performance.now(); }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (state.began === undefined || document.querySelector(${JSON.stringify(selector)}) === null) return;
      observer.disconnect();
      // A message after the next frame comes when that frame has been drawn.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - state.began);
        port2.postMessage('');
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  }); undefined`);
  await page.locator(`.part.activitybar .action-item .action-label[aria-label^=${JSON.stringify(icon)}]`).click();
  return page.evaluate<number>('globalThis.benchRows');
};

/** Waits in the page for a row. `at` resolves with the host's clock in milliseconds, as soon as the row is in the page. */
export const expectRow = async (page: Page, label: string): Promise<{ readonly at: () => Promise<number> }> => {
  const selector = `${rows}[aria-label^=${JSON.stringify(`${label},`)}]`;
  await page.evaluate(`globalThis.benchRow = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no row ' + ${JSON.stringify(label)})), 30000);
    const look = () => {
      if (document.querySelector(${JSON.stringify(selector)}) === null) return;
      const at = Date.now();
      observer.disconnect();
      clearTimeout(late);
      resolve(at);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-label'] });
  }); undefined`);
  return { at: () => page.evaluate<number>('globalThis.benchRow') };
};

/** Notes from now on which rows of the side bar are touched. @returns what tells their names */
export const watchTouchedRows = async (page: Page): Promise<() => Promise<readonly string[]>> => {
  await page.evaluate(`(() => {
    const touched = new Set();
    const nameOf = (row) => row.getAttribute('aria-label')?.split(',')[0] ?? '';
    const note = (node) => {
      const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
      const row = element?.closest('.monaco-list-row');
      if (row) touched.add(nameOf(row));
    };
    const observer = new MutationObserver((records) => {
      for (const { type, target, addedNodes, removedNodes, oldValue } of records) {
        if (type === 'attributes' && target.getAttribute('aria-label') === oldValue) continue;
        if (target.classList?.contains('monaco-list-rows')) {
          for (const node of [...addedNodes, ...removedNodes]) note(node);
        } else note(target);
      }
    });
    for (const list of document.querySelectorAll('.part.sidebar .monaco-list-rows'))
      observer.observe(list, { subtree: true, childList: true, characterData: true, attributeFilter: ['aria-label'], attributeOldValue: true });
    globalThis.benchTouched = () => { observer.disconnect(); return [...touched]; };
  })()`);
  return () => page.evaluate<readonly string[]>('globalThis.benchTouched()');
};
