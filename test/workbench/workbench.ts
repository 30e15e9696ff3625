import type { Page } from 'playwright-core';
import { dialogOf } from './dialog.ts';
import type { Dialog } from './dialog.ts';
import { editorOf } from './editor.ts';
import type { Editor } from './editor.ts';
import { notificationsOf } from './notifications.ts';
import type { Notifications } from './notifications.ts';
import { outputOf } from './output.ts';
import type { Output } from './output.ts';
import { quickInputOf } from './quickInput.ts';
import type { QuickInput } from './quickInput.ts';
import type { Server } from './server.ts';
import { sideBarOf } from './sideBar.ts';
import type { SideBar } from './sideBar.ts';
import { terminalOf } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { treeOf } from './tree.ts';
import type { Tree } from './tree.ts';
import { screenshot, until } from './wait.ts';

/** VS Code as a user sees and handles it. */
export interface Workbench {
  readonly page: Page;
  readonly sideBar: SideBar;
  readonly tree: Tree;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly terminal: Terminal;
  readonly editor: Editor;
  readonly output: Output;
  /** Runs a command from the palette, named as there: `Category: Title`. */
  readonly run: (command: string) => Promise<void>;
  /** Changes the user settings as a user would, in settings.json; what is not named is as at the start. */
  readonly changeSettings: (settings: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly press: (keys: string) => Promise<void>;
  /** Waits until the status bar says something. */
  readonly statusBarShows: (text: string) => Promise<void>;
  /** Waits until the clipboard holds exactly the text. */
  readonly clipboardHolds: (text: string) => Promise<void>;
  readonly screenshot: (name: string) => Promise<string>;
}

export interface OpenOptions {
  /** A directory on the server; default: an empty window. */
  readonly folder?: string;
  /** Further pairs of VS Code's `payload`. */
  readonly payload?: readonly (readonly [string, string])[];
}

/** The address of a server's workbench. */
export const workbenchUrl = (server: string, options: OpenOptions = {}): string => {
  const url = new URL(server);
  if (options.folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', options.folder);
  const payload = [['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...(options.payload ?? [])];
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
};

/** Opens a server's workbench in the page and waits until it can be used. */
export const openWorkbench = async (
  page: Page,
  server: Pick<Server, 'url' | 'settings'>,
  options: OpenOptions = {},
): Promise<Workbench> => {
  await page.goto(workbenchUrl(server.url, options), { waitUntil: 'commit' });
  await page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: 60_000 });
  const quickInput = quickInputOf(page);
  const editor = editorOf(page, quickInput.run);
  return {
    page,
    sideBar: sideBarOf(page),
    tree: treeOf(page),
    quickInput,
    notifications: notificationsOf(page, quickInput.run),
    dialog: dialogOf(page),
    terminal: terminalOf(page, quickInput.run),
    editor,
    output: outputOf(page, quickInput),
    run: quickInput.run,
    changeSettings: async (settings) => {
      await quickInput.run('Preferences: Open User Settings (JSON)');
      await editor.opens('settings.json');
      await editor.replaceAndSave(JSON.stringify({ ...server.settings, ...settings }, undefined, 2));
      await editor.closeAll();
    },
    press: (keys) => page.keyboard.press(keys),
    statusBarShows: async (text) => {
      await until(page, `the status bar to say ${JSON.stringify(text)}`, async () =>
        (await page.locator('.part.statusbar').innerText()).includes(text),
      );
    },
    clipboardHolds: async (text) => {
      const read = (): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');
      await until(page, `${JSON.stringify(text)} on the clipboard`, async () => (await read()) === text);
    },
    screenshot: (name) => screenshot(page, name),
  };
};
