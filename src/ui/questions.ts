import * as vscode from 'vscode';
import { inertText } from './plainText.ts';

// Here alone texts are handed to VS Code's lists and input lines, so that no name in them becomes an icon or a link: eslint.config.mjs holds that.

/** The item as it may be shown: VS Code draws icons in all of its texts, and their hovers are markdown. */
const inertItem = <Item extends vscode.QuickPickItem>(item: Item): Item => ({
  ...item,
  label: inertText(item.label),
  ...(item.description === undefined ? {} : { description: inertText(item.description) }),
  ...(item.detail === undefined ? {} : { detail: inertText(item.detail) }),
});

type Items<Item> = readonly Item[] | Promise<readonly Item[]>;

interface Shown<Item> {
  readonly items: Promise<readonly Item[]>;
  /** The caller's own item behind one that was picked. */
  readonly original: (picked: Item) => Item;
}

const shown = <Item extends vscode.QuickPickItem>(items: Items<Item>): Shown<Item> => {
  const originals = new Map<Item, Item>();
  const show = (item: Item): Item => {
    const inert = inertItem(item);
    originals.set(inert, item);
    return inert;
  };
  return {
    items: Promise.resolve(items).then((all) => all.map(show)),
    original: (picked) => originals.get(picked) ?? picked,
  };
};

/** One of several; undefined where the question was closed. */
export const pickOne = async <Item extends vscode.QuickPickItem>(
  items: Items<Item>,
  options: vscode.QuickPickOptions,
): Promise<Item | undefined> => {
  const list = shown(items);
  const picked = await vscode.window.showQuickPick(list.items, options);
  return picked === undefined ? undefined : list.original(picked);
};

/** Any number of them. */
export const pickSeveral = async <Item extends vscode.QuickPickItem>(
  items: Items<Item>,
  options: vscode.QuickPickOptions,
): Promise<readonly Item[] | undefined> => {
  const list = shown(items);
  const picked = await vscode.window.showQuickPick(list.items, { ...options, canPickMany: true });
  return picked?.map(list.original);
};

export interface PickedByButton<Item> {
  readonly item: Item;
  /** The button of the row was pressed, and not the row itself. */
  readonly byButton: boolean;
}

/** One of several, of which each has the button, too; undefined where the question was closed. */
export const pickOneOrItsButton = async <Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  button: vscode.QuickInputButton,
  { title, placeHolder }: Required<Pick<vscode.QuickPickOptions, 'title' | 'placeHolder'>>,
): Promise<PickedByButton<Item> | undefined> => {
  const pick = vscode.window.createQuickPick<Item & { readonly own: Item }>();
  pick.title = title;
  pick.placeholder = placeHolder;
  pick.ignoreFocusOut = true;
  pick.items = items.map((item) => ({ ...inertItem(item), buttons: [button], own: item }));
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item !== undefined) resolve({ item: item.own, byButton: false });
      });
      pick.onDidTriggerItemButton(({ item }) => resolve({ item: item.own, byButton: true }));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
};

/** A line of text that is handed over with each letter; undefined where it was closed without Enter. */
export const askLineByLetter = async (
  { title, placeHolder, value }: Required<Pick<vscode.InputBoxOptions, 'title' | 'placeHolder' | 'value'>>,
  typed: (text: string) => void,
): Promise<string | undefined> => {
  const input = vscode.window.createInputBox();
  input.title = title;
  input.placeholder = placeHolder;
  input.value = value;
  try {
    return await new Promise((resolve) => {
      input.onDidChangeValue(typed);
      input.onDidAccept(() => resolve(input.value));
      input.onDidHide(() => resolve(undefined));
      input.show();
    });
  } finally {
    input.dispose();
  }
};

type Judged = Awaited<ReturnType<NonNullable<vscode.InputBoxOptions['validateInput']>>>;

const inertJudgement = (judged: Judged): Judged => {
  if (typeof judged === 'string') return inertText(judged);
  return judged && { ...judged, message: inertText(judged.message) };
};

/** A line of text; prompt and judgement are drawn with links and icons, also those that somebody typed or a file holds. */
export const askLine = (options: vscode.InputBoxOptions): Thenable<string | undefined> => {
  const { prompt } = options;
  const judged =
    options.validateInput === undefined
      ? {}
      : { validateInput: async (text: string) => inertJudgement(await options.validateInput?.(text)) };
  return vscode.window.showInputBox({
    ...options,
    ...(prompt === undefined ? {} : { prompt: inertText(prompt) }),
    ...judged,
  });
};
