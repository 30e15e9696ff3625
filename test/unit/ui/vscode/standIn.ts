import { EventEmitter as NodeEmitter } from 'node:events';
import { presentTool, start } from '../../../rig/program.ts';

/** The parts of VS Code that the unit tests of ui use, as VS Code does them: a terminal really runs its shell. */
const events = new NodeEmitter();

export const settings = new Map<string, unknown>();

export { l10n } from '../l10n.ts';

/** A text that VS Code has open. */
export interface StandInDocument {
  readonly uri: StandInUri;
  isClosed: boolean;
}

type Content = (uri: StandInUri) => Promise<string>;
const contents = new Map<string, Content>();

/** Asks an extension for a text of its own, as VS Code does where a tab shows it. */
export const readContent = async (uri: StandInUri): Promise<string | undefined> => contents.get(uri.scheme)?.(uri);

/** Closes a text, or opens it anew in another language where it stays open. */
export const closeDocument = (uri: StandInUri, isClosed: boolean): void => {
  const at = workspace.textDocuments.findIndex((one) => one.uri.toString() === uri.toString());
  const document = workspace.textDocuments[at];
  if (document === undefined) return;
  document.isClosed = isClosed;
  if (isClosed) workspace.textDocuments.splice(at, 1);
  events.emit('document closed', document);
};

export const workspace = {
  isTrusted: true,
  textDocuments: [] as StandInDocument[],
  registerTextDocumentContentProvider: (
    scheme: string,
    provider: { readonly provideTextDocumentContent: Content },
  ): { readonly dispose: () => void } => {
    contents.set(scheme, (uri) => provider.provideTextDocumentContent(uri));
    return { dispose: () => void contents.delete(scheme) };
  },
  openTextDocument: async (uri: StandInUri): Promise<StandInDocument> => {
    const open = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    if (open !== undefined) return open;
    await readContent(uri);
    const document = { uri, isClosed: false };
    workspace.textDocuments.push(document);
    return document;
  },
  onDidCloseTextDocument: (listener: (document: StandInDocument) => void): { readonly dispose: () => void } => {
    events.on('document closed', listener);
    return { dispose: () => void events.off('document closed', listener) };
  },
  getConfiguration: (section: string): { readonly get: (key: string) => unknown } => ({
    get: (key: string): unknown => settings.get(`${section}.${key}`),
  }),
};

export const env = { language: 'en' };

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export interface StandInUri {
  readonly scheme: string;
  readonly path: string;
  readonly fsPath: string;
  readonly toString: () => string;
}

const uri = (scheme: string, path: string, query = ''): StandInUri => ({
  ...{ scheme, path, fsPath: path },
  toString: () => `${scheme}://${path}${query === '' ? '' : `?${query}`}`,
});

/** None of them is one of its instances. */
export const Uri = Object.assign(() => undefined, {
  prototype: {},
  file: (path: string): StandInUri => uri('file', path),
  from: ({ scheme, path, query }: Pick<StandInUri, 'scheme' | 'path'> & { readonly query?: string }): StandInUri =>
    uri(scheme, path, query),
  parse: (text: string): { readonly with: () => StandInUri } => ({ with: () => uri('file', text) }),
});

export const languages = {
  setTextDocumentLanguage: (): Promise<void> => Promise.resolve(),
  registerDocumentLinkProvider: (): { readonly dispose: () => void } => ({ dispose: () => undefined }),
};

/** The commands of VS Code that were called, with their arguments. */
export const executed: unknown[][] = [];
export const commands = {
  executeCommand: (...called: unknown[]): Promise<void> => {
    executed.push(called);
    return Promise.resolve();
  },
};

export class ThemeIcon {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

interface TerminalOptions {
  readonly name: string;
  readonly shellPath: string;
  readonly shellArgs: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface StandInTerminal {
  readonly creationOptions: TerminalOptions;
  readonly name: string;
  readonly show: () => void;
  readonly dispose: () => void;
}

const terminals: StandInTerminal[] = [];

/** What notifications, windows with a question and the status bar have said. */
export const messages: string[] = [];
/** What windows with a question have said below it. */
export const details: string[] = [];
/** Buttons that somebody presses, each once, on the first message that has one; nobody answers any other. */
export const presses: string[] = [];
const say = (text: string, ...buttons: readonly unknown[]): Promise<string | undefined> => {
  messages.push(text);
  const [options] = buttons;
  if (typeof options === 'object' && options !== null && 'detail' in options) details.push(String(options.detail));
  const pressed = presses.find((press) => buttons.includes(press));
  if (pressed !== undefined) presses.splice(presses.indexOf(pressed), 1);
  return Promise.resolve(pressed);
};

/** A log that nobody reads. */
export const log = {
  debug: (): undefined => undefined,
  info: (): undefined => undefined,
  warn: (): undefined => undefined,
  error: (): undefined => undefined,
};

export const ProgressLocation = { Notification: 15 };

/** Titles and messages of what was under way. */
export const progressTexts: string[] = [];

/** Calls off what is under way, as the button of its notification does. */
export const cancelProgress = new Set<() => void>();

/** What the last question has shown. */
export const shownItems: unknown[] = [];

/** How many ways each list with a button on its rows has offered. */
export const questions: number[] = [];

type Report = (step: { readonly message?: string }) => void;
type Task = (progress: { readonly report: Report }, token: object) => Promise<unknown>;

/** What is typed into the next questions for a line; who is asked for another one takes what stands there. */
export const typed: string[] = [];

/** Labels of what is taken from the next lists, the first one where none is named. */
export const picked: string[] = [];

/** What the last questions for a line have said of what was typed. */
export const judgements: unknown[] = [];

/** What is chosen in the next windows for a file. */
export const chosenFiles: StandInUri[] = [];
/** What the last window for a file was opened with. */
export const proposedFiles: (string | undefined)[] = [];
const askForFile = (options: { readonly defaultUri?: StandInUri }): StandInUri | undefined => {
  proposedFiles.push(options.defaultUri?.fsPath);
  return chosenFiles.shift();
};

export const window = {
  showSaveDialog: (options: { readonly defaultUri?: StandInUri }): Promise<StandInUri | undefined> =>
    Promise.resolve(askForFile(options)),
  showOpenDialog: (options: { readonly defaultUri?: StandInUri }): Promise<readonly (StandInUri | undefined)[]> =>
    Promise.resolve([askForFile(options)]),
  showInputBox: async (options: {
    readonly value?: string;
    readonly validateInput?: (text: string) => unknown;
  }): Promise<string> => {
    const text = typed.shift() ?? options.value ?? '';
    judgements.push(await options.validateInput?.(text));
    return text;
  },
  showTextDocument: ({ fsPath }: StandInUri): Promise<void> => {
    executed.push(['showTextDocument', fsPath]);
    return Promise.resolve();
  },
  showInformationMessage: say,
  showWarningMessage: say,
  showErrorMessage: say,
  setStatusBarMessage: say,
  /** Whoever is asked takes the first. */
  showQuickPick: async <Item>(
    items: Promise<readonly Item[]>,
    options: { readonly canPickMany?: boolean },
  ): Promise<unknown> => {
    const all = await items;
    shownItems.splice(0, Infinity, ...all);
    const label = options.canPickMany === true ? undefined : picked.shift();
    if (label !== undefined) return all.find((item) => (item as { readonly label?: string }).label === label);
    return options.canPickMany === true ? all.slice(0, 1) : all[0];
  },
  /** Whoever is asked takes the first here, too, a moment later. */
  createQuickPick: (): object => {
    const accepted: (() => void)[] = [];
    const pick = {
      items: [] as readonly unknown[],
      get activeItems(): readonly unknown[] {
        return pick.items.slice(0, 1);
      },
      onDidAccept: (listener: () => void) => void accepted.push(listener),
      onDidTriggerItemButton: () => undefined,
      onDidHide: () => undefined,
      show: () => {
        questions.push(pick.items.length);
        setImmediate(() => {
          for (const listener of accepted) listener();
        });
      },
      dispose: () => undefined,
    };
    return pick;
  },
  withProgress: (options: { readonly title?: string }, task: Task): Promise<unknown> => {
    progressTexts.push(options.title ?? '');
    return task(
      { report: (step) => void progressTexts.push(step.message ?? '') },
      {
        onCancellationRequested: (listener: () => void) => {
          cancelProgress.add(listener);
          return { dispose: () => void cancelProgress.delete(listener) };
        },
      },
    );
  },
  terminals,
  onDidCloseTerminal: (listener: (terminal: StandInTerminal) => void): { readonly dispose: () => void } => {
    events.on('closed', listener);
    return { dispose: () => void events.off('closed', listener) };
  },
  createTerminal: (creationOptions: TerminalOptions): StandInTerminal => {
    const { name, shellPath, shellArgs, env } = creationOptions;
    const shell = start(presentTool(shellPath), shellArgs, { stdio: 'ignore', env: { ...process.env, ...env } });
    const terminal = { name, creationOptions, show: () => undefined, dispose: () => void shell.kill('SIGKILL') };
    terminals.push(terminal);
    shell.on('exit', () => {
      terminals.splice(terminals.indexOf(terminal), 1);
      events.emit('closed', terminal);
    });
    return terminal;
  },
};

export class EventEmitter<Event> {
  readonly #listeners = new Set<(event: Event) => void>();
  readonly event = (listener: (event: Event) => void): { readonly dispose: () => void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
  fire(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;
  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}
