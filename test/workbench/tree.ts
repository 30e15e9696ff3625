import type { Locator, Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { chooseInMenu } from './menu.ts';
import { pressOnce } from './press.ts';
import { until } from './wait.ts';

/** A visible row of the side bar's tree, as it is drawn and as a screen reader would say it. */
export interface Row {
  /** Its place among all rows, those that are scrolled away included. */
  readonly index: number;
  readonly label: string;
  readonly description: string;
  readonly level: number;
  /** Undefined where there is nothing to expand. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  /** What the keyboard, or an open menu, is about. */
  readonly focused: boolean;
  readonly ariaLabel: string;
  /** Class names of the icon, such as `codicon-vm-running`. */
  readonly icon: string;
  /** CSS colour of the icon. */
  readonly iconColor: string;
  /** Names of the inline buttons, whether the mouse is over the row or not. */
  readonly buttons: readonly string[];
}

/** Picks rows: a label, or anything about a row. */
export type RowMatch = string | ((row: Row) => boolean);

export interface Tree {
  readonly rows: () => Promise<readonly Row[]>;
  /** Waits until a row matches. */
  readonly row: (match: RowMatch) => Promise<Row>;
  /** Waits until no row matches. */
  readonly gone: (match: RowMatch) => Promise<void>;
  readonly click: (
    match: RowMatch,
    options?: { readonly modifiers?: readonly ('Control' | 'Shift')[] },
  ) => Promise<void>;
  readonly doubleClick: (match: RowMatch) => Promise<void>;
  readonly expand: (match: RowMatch) => Promise<void>;
  readonly collapse: (match: RowMatch) => Promise<void>;
  /** The text that appears when the mouse rests on the row. */
  readonly tooltip: (match: RowMatch) => Promise<string>;
  /** Presses an inline button, named as its tooltip. */
  readonly pressButton: (match: RowMatch, button: string) => Promise<void>;
  /** Opens the context menu and chooses; more names go down into submenus. */
  readonly chooseInContextMenu: (match: RowMatch, ...path: readonly [string, ...string[]]) => Promise<void>;
  /** The entries of the context menu, which is closed again. */
  readonly contextMenu: (match: RowMatch) => Promise<readonly string[]>;
}

const rowSelector = '.part.sidebar .pane-body .monaco-list-row[role="treeitem"]';

/** Runs in the page: rows lie in the DOM in any order. */
const readRows = (elements: readonly PageElement[]): readonly Row[] =>
  [...elements]
    .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
    .map((element) => {
      const icon = element.querySelector('.custom-view-tree-node-item-icon');
      const expanded = element.getAttribute('aria-expanded');
      return {
        index: Number(element.getAttribute('data-index')),
        label: element.querySelector('.label-name')?.textContent ?? '',
        description: element.querySelector('.label-description')?.textContent ?? '',
        level: Number(element.getAttribute('aria-level')),
        expanded: expanded === null ? undefined : expanded === 'true',
        selected: element.getAttribute('aria-selected') === 'true',
        focused: / focused( |$)/u.test(element.className),
        ariaLabel: element.getAttribute('aria-label') ?? '',
        icon: /codicon-[\w-]+/.exec(icon?.className ?? '')?.[0] ?? '',
        iconColor: icon === null ? '' : icon.ownerDocument.defaultView.getComputedStyle(icon).color,
        buttons: [...element.querySelectorAll('.actions .action-label')]
          .map((button) => button.getAttribute('aria-label') ?? '')
          .filter((name) => name !== ''),
      };
    });

const spokenAs = (beginning: string): ((row: Row) => boolean) => {
  const fits = (row: Row): boolean => row.ariaLabel.startsWith(`${beginning},`);
  // What a failing test says it has been looking for.
  return Object.defineProperty(fits, 'name', { value: beginning });
};

/** The row of a machine, while it runs. */
export const machine = (name: string): ((row: Row) => boolean) => spokenAs(`machine ${name}`);

/** The row of an image, whether it runs or not: a running one is spoken of as a machine. */
export const image = (name: string): ((row: Row) => boolean) => {
  const [stopped, running] = [spokenAs(`image ${name}`), machine(name)];
  return Object.defineProperty((row: Row) => stopped(row) || running(row), 'name', { value: `image ${name}` });
};

/** The row of an image that does not run. */
export const stopped = (name: string): ((row: Row) => boolean) => spokenAs(`image ${name}`);

const matcher = (match: RowMatch): ((row: Row) => boolean) =>
  typeof match === 'string' ? (row) => row.label === match : match;

const nameOf = (match: RowMatch): string => {
  if (typeof match === 'string') return JSON.stringify(match);
  return match.name === '' ? match.toString() : match.name;
};

export const treeOf = (page: Page): Tree => {
  const rows = (): Promise<readonly Row[]> => page.locator(rowSelector).evaluateAll(readRows);
  const row = (match: RowMatch): Promise<Row> =>
    until(page, `a row ${nameOf(match)}`, async () => (await rows()).find(matcher(match)));

  /**
   * The element of a row. Rows move and their texts tick, so it is looked up just before use, by its place and by what its
   * spoken label begins with.
   */
  const elementOf = async (match: RowMatch): Promise<Locator> => {
    const { ariaLabel, index } = await row(match);
    const beginning = ariaLabel.split(',')[0] ?? '';
    return page
      .locator(`${rowSelector}[data-index="${index}"]`)
      .and(page.locator(`[aria-label^=${JSON.stringify(beginning)}]`));
  };
  /**
   * Acts on the element of a row; where the row was drawn elsewhere meanwhile, or a hover lay over it, nothing was hit, and it
   * is looked up again.
   */
  const act = (match: RowMatch, deed: (element: Locator, soon: { timeout: number }) => Promise<void>): Promise<true> =>
    until(page, `row ${nameOf(match)} to stand still`, async () => {
      const element = await elementOf(match);
      return (await pressOnce(page, () => deed(element, { timeout: 3_000 }))) || undefined;
    });
  const label = (element: Locator): Locator => element.locator('.label-name');
  const toggle = async (match: RowMatch, wanted: boolean): Promise<void> => {
    await act(match, async (element, soon) => {
      if ((await row(match)).expanded !== wanted) await element.locator('.monaco-tl-twistie').click(soon);
    });
    await until(page, `row ${nameOf(match)} to be ${wanted ? 'expanded' : 'collapsed'}`, async () => {
      const found = (await rows()).find(matcher(match));
      return found?.expanded === wanted;
    });
  };
  /** VS Code draws rows again in elements that showed others, so a click may hit a neighbour: the one that `has` it now. */
  const hitAnother = async (match: RowMatch, has: (row: Row) => boolean): Promise<boolean> => {
    const now = await rows();
    return now.some(has) && now.some(matcher(match)) && !now.some((row) => has(row) && matcher(match)(row));
  };
  const openContextMenu = (match: RowMatch): Promise<unknown> => {
    const menu = page.locator('.monaco-menu:visible').first();
    return until(page, `the menu of row ${nameOf(match)} to open`, async () => {
      await act(match, async (element, soon) => {
        // A click that was given up on a busy machine may have opened it all the same, and it lies over the row.
        if (await menu.isVisible()) return;
        await label(element).click({ button: 'right', ...soon });
      });
      await menu.waitFor({ timeout: 3_000 }).catch(() => undefined);
      if (!(await hitAnother(match, ({ focused }) => focused))) return true;
      await page.keyboard.press('Escape');
      return undefined;
    });
  };
  return {
    rows,
    row,
    gone: async (match) => {
      await until(page, `row ${nameOf(match)} to disappear`, async () => !(await rows()).some(matcher(match)));
    },
    click: async (match, options) => {
      const modifiers = [...(options?.modifiers ?? [])];
      // A click with Control that has arrived and is tried again would take back what it did.
      const wanted = modifiers.includes('Control') ? !(await row(match)).selected : undefined;
      await act(match, async (element, soon) => {
        if (wanted !== undefined && (await row(match)).selected === wanted) return;
        await label(element).click({ modifiers, ...soon });
      });
      if (modifiers.length === 0 && (await hitAnother(match, ({ selected }) => selected)))
        await act(match, (element, soon) => label(element).click(soon));
      if (wanted === undefined) return;
      await until(page, `row ${nameOf(match)} to be ${wanted ? 'selected' : 'selected no more'}`, async () => {
        return (await row(match)).selected === wanted;
      });
    },
    doubleClick: async (match) => {
      await act(match, (element, soon) => label(element).dblclick(soon));
    },
    expand: (match) => toggle(match, true),
    collapse: (match) => toggle(match, false),
    tooltip: (match) => {
      const hovers = page.locator('.monaco-hover:visible');
      const read = async (): Promise<string | undefined> => {
        const text = (await hovers.allInnerTexts()).join('\n').trim();
        // Until the extension has answered, VS Code shows the label alone.
        const isWhole = text !== '' && text !== 'Loading...' && text !== (await row(match)).label;
        return isWhole ? text : undefined;
      };
      // A row that is drawn anew closes its hover: then the mouse comes again.
      return until(page, `a tooltip of row ${nameOf(match)}`, async () => {
        // From elsewhere, so that the hover of another row does not count.
        await page.mouse.move(1000, 300);
        await until(page, 'the last hover to close', async () => (await hovers.count()) === 0);
        await act(match, (element, soon) => label(element).hover(soon));
        return until(page, 'its text', read, 3_000).catch(() => undefined);
      });
    },
    pressButton: async (match, button) => {
      await act(match, async (element, soon) => {
        await element.hover(soon);
        await element.locator(`.actions .action-label[aria-label=${JSON.stringify(button)}]`).click(soon);
      });
    },
    chooseInContextMenu: (match, ...path) => chooseInMenu(page, () => openContextMenu(match), path),
    contextMenu: (match) => {
      const entries = page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
      // Like chooseInMenu: a row that is drawn anew closes its menu.
      return until(page, `the menu of row ${nameOf(match)}`, async () => {
        await openContextMenu(match);
        const opened = await entries
          .first()
          .waitFor({ timeout: 3_000 })
          .then(
            () => true,
            () => false,
          );
        if (!opened) return undefined;
        const names = await entries.allInnerTexts();
        await page.keyboard.press('Escape');
        await page.locator('.monaco-menu').first().waitFor({ state: 'hidden' });
        return names.length > 0 ? names : undefined;
      });
    },
  };
};
