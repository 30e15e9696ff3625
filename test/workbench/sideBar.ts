import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { chooseInMenu } from './menu.ts';
import { until } from './wait.ts';

export interface Welcome {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** The side bar with the views of one container. */
export interface SideBar {
  /** Shows a container by its icon in the activity bar, and waits for it. */
  readonly open: (container: string) => Promise<void>;
  /** Opens or closes one of the views, named by its title: the page shows only as many rows as there is room for. */
  readonly setPane: (title: string, open: boolean) => Promise<void>;
  /** Waits until the view is empty and shows its welcome content. */
  readonly welcome: () => Promise<Welcome>;
  readonly pressWelcomeButton: (button: string) => Promise<void>;
  /** Text that the view shows above its rows, now. */
  readonly message: () => Promise<string>;
  /** Waits until the view says the text above its rows. */
  readonly says: (text: string) => Promise<void>;
  readonly saysNothing: () => Promise<void>;
  /** Waits until the title of the view of machines is followed by this text. */
  readonly counts: (text: string) => Promise<void>;
  /** Names of the buttons in the view's title. */
  readonly titleButtons: () => Promise<readonly string[]>;
  readonly pressTitleButton: (button: string) => Promise<void>;
  /** Chooses in the `…` menu of the title. */
  readonly chooseInTitleMenu: (...path: readonly [string, ...string[]]) => Promise<void>;
}

const quoted = (text: string): string => JSON.stringify(text);

export const sideBarOf = (page: Page): SideBar => {
  const bar = page.locator('.part.sidebar');
  const welcomeView = bar.locator('.welcome-view-content:visible');
  const titleActions = bar.locator('.composite.title .title-actions, .pane-header .actions');
  const message = async (): Promise<string> =>
    (await bar.locator('.tree-explorer-viewlet-tree-view .message:visible').allInnerTexts()).join('\n').trim();
  return {
    open: async (container) => {
      const icon = page.locator('.part.activitybar .action-item', {
        has: page.locator(`.action-label[aria-label^=${quoted(container)}]`),
      });
      await icon.waitFor();
      const title = bar.locator('.composite.title .title-label');
      const isShown = async (): Promise<true | undefined> => {
        if (!(await title.isVisible())) return undefined;
        const text = await title.innerText({ timeout: 3_000 }).catch(() => '');
        return text.toLowerCase().startsWith(container.toLowerCase()) ? true : undefined;
      };
      // A click on the icon of the container that is shown hides it, also where VS Code has just brought it back itself.
      await until(page, `the container ${quoted(container)}`, async () => {
        if ((await isShown()) === true) return true;
        if ((await icon.getAttribute('aria-selected')) !== 'true') await icon.click();
        return until(page, 'it to be shown', isShown, 10_000).catch(() => undefined);
      });
    },
    setPane: async (title, open) => {
      const header = bar.locator(`.pane-header[aria-label^=${quoted(title)}]`);
      const isDone = async (): Promise<boolean> => (await header.getAttribute('aria-expanded')) === String(open);
      // Once: another click would undo one that VS Code is late with.
      if (!(await isDone())) await header.locator('.title').click();
      await until(page, `the view ${quoted(title)} to be ${open ? 'open' : 'closed'}`, isDone);
    },
    welcome: () =>
      until(page, 'welcome content', async () => {
        const text = (await welcomeView.allInnerTexts()).join('\n').trim();
        return text === '' ? undefined : { text, buttons: await welcomeView.locator('.monaco-button').allInnerTexts() };
      }),
    pressWelcomeButton: (button) => welcomeView.getByRole('button', { name: button, exact: true }).click(),
    message,
    says: async (text) => {
      await until(page, `the view to say ${quoted(text)}`, async () => (await message()).includes(text));
    },
    saysNothing: async () => {
      await until(page, 'the message above the rows to go', async () => (await message()) === '');
    },
    counts: async (text) => {
      const description = bar.locator('.pane-header .description').first();
      await until(page, `the title to say ${quoted(text)}`, async () => (await description.innerText()).includes(text));
    },
    titleButtons: () =>
      titleActions
        .locator('.action-label:visible')
        .evaluateAll((elements: readonly PageElement[]) =>
          elements.map((element) => element.getAttribute('aria-label') ?? ''),
        ),
    pressTitleButton: async (button) => {
      await bar.hover();
      await titleActions
        .locator(`.action-label[aria-label^=${quoted(button)}]:visible`)
        .first()
        .click();
    },
    chooseInTitleMenu: (...path) =>
      chooseInMenu(
        page,
        async () => {
          await bar.hover();
          // That of the view under the mouse: the one of the container only tells which views are shown.
          await bar.locator('.pane-header .actions .action-label.codicon-toolbar-more:visible').first().click();
        },
        path,
      ),
  };
};
