import type { Page } from 'playwright-core';

/** How our extension is called in stacks (`…/extensions/nspawn-tools.vscode-nspawn-0.1.0/…`) and in activation errors. */
const ours = /nspawn-tools\.vscode-nspawn/i;

/**
 * Collects what the extension host reports about our extension: errors that nobody caught, promises that nobody handled,
 * an activation that failed. VS Code hands all of them to the page's console.
 */
export const collectOurErrors = (page: Page): (() => readonly string[]) => {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && ours.test(message.text())) errors.push(message.text());
  });
  return () => errors;
};
