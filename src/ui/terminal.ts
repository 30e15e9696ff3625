import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { MachineError } from '../machines/errors.ts';
import { inertText } from './plainText.ts';
import { holdScript, plainParameter, statusScript } from './terminalScripts.ts';
import { createTerminalWindow } from './terminalWindow.ts';

/** Where VS Code opens terminals by itself. */
export const workspaceFolder = Symbol('the folder of the workspace');

/** A tool to run in the integrated terminal. Arguments are an array; nothing is ever typed into a shell. */
export interface TerminalRequest {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly icon: string;
  /** Where it starts. Without it in `/`, where nobody but root can put a program in the way of a tool. */
  readonly directory?: string | typeof workspaceFolder;
  readonly env?: Readonly<Record<string, string>>;
  /** Stays open at the end, so that its output can be read. Otherwise only when it fails at once. */
  readonly stays?: boolean;
  /** Is a systemd-nspawn, whose machine ends with the terminal, and stays when the window is loaded anew. */
  readonly ownsMachine?: true;
  /** A line above all that the tool says. */
  readonly opening?: string;
  /** For a tool that a person ends: what is said where it ends by itself at once, so that no tab is gone without a word. */
  readonly atOnce?: string;
  /** An open terminal with the same key is shown instead of a second one. */
  readonly reuse?: string;
}

export interface Terminals {
  /** Opens a terminal and shows it. One that fails within a few seconds stays open until a key is pressed. */
  open(request: TerminalRequest): vscode.Terminal;
  /** What `open` would create, for a terminal profile. */
  options(request: TerminalRequest): vscode.TerminalOptions;
  /**
   * Runs a tool that may ask for a password and ends by itself; the terminal closes with it, or stays to show why it failed, or
   * what it said where the request says so.
   * Resolves with the exit code as soon as the tool ends.
   * @throws MachineError cancelled when the terminal is closed before, or by `signal` (the terminal stays: it may be in the
   * middle of something)
   */
  run(request: TerminalRequest, signal: AbortSignal): Promise<number>;
  dispose(): void;
}

/**
 * The name, with a number behind it where a terminal that is open has it: tabs of one name cannot be told apart, neither in their
 * list nor by a screen reader.
 */
export const freeName = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} (${number})`)) number += 1;
  return `${name} (${number})`;
};

const statusFile = 'status';

const cancelled = (): MachineError => new MachineError({ kind: 'cancelled' });

const holdOf = ({ stays }: TerminalRequest): 'always' | 'failure' => (stays === true ? 'always' : 'failure');

const optionsOf = (
  request: TerminalRequest,
  script: string,
  ...parameters: readonly string[]
): vscode.TerminalOptions => ({
  // The list of terminals and its hovers are markdown with icons.
  name: freeName(inertText(request.name), new Set(vscode.window.terminals.map(({ name }) => name))),
  shellPath: '/bin/sh',
  shellArgs: [
    '-c',
    script,
    'sh',
    vscode.l10n.t('Press Enter to close this terminal.'),
    ...parameters,
    ...[request.file, ...request.args].map(plainParameter),
  ],
  iconPath: new vscode.ThemeIcon(request.icon),
  isTransient: request.ownsMachine !== true,
  ...(request.directory === workspaceFolder ? {} : { cwd: request.directory ?? '/' }),
  ...(request.env === undefined ? {} : { env: request.env }),
});

/** Whether VS Code brings terminals back in a window that is loaded anew. */
const areKept = (): boolean =>
  vscode.workspace.getConfiguration('terminal.integrated').get('enablePersistentSessions') === true;

const heldOptions = (request: TerminalRequest): vscode.TerminalOptions => {
  const { opening = '', atOnce = '' } = request;
  return optionsOf(request, holdScript, holdOf(request), plainParameter(opening), plainParameter(atOnce));
};

/** Resolves when the script has written its file (by a rename, so that it is never half there) or the terminal is gone. */
const ending = async (directory: string, terminal: vscode.Terminal, signal: AbortSignal): Promise<void> => {
  const watcher = watch(directory);
  const subscriptions: (() => void)[] = [() => watcher.close()];
  try {
    await new Promise<void>((resolve, reject) => {
      const cancel = (): void => reject(cancelled());
      watcher.on('change', (_, file) => {
        if (file === statusFile) resolve();
      });
      watcher.on('error', reject);
      const closed = vscode.window.onDidCloseTerminal((one) => {
        if (one === terminal) resolve();
      });
      signal.addEventListener('abort', cancel);
      subscriptions.push(
        () => void closed.dispose(),
        () => signal.removeEventListener('abort', cancel),
      );
      if (signal.aborted) cancel();
    });
  } finally {
    for (const end of subscriptions) end();
  }
};

const exitCodeIn = async (directory: string): Promise<number> => {
  try {
    return Number.parseInt(await readFile(join(directory, statusFile), 'utf8'), 10);
  } catch (error) {
    // No file: the user closed the terminal before the tool had ended.
    throw new MachineError({ kind: 'cancelled' }, { cause: error });
  }
};

export const createTerminals = (): Terminals => {
  const open = new Map<string, vscode.Terminal>();
  const ourWindow = createTerminalWindow();
  const tiedOptions = (request: TerminalRequest): vscode.TerminalOptions => {
    const options = heldOptions(request);
    // What comes back in the next window must not end with this one.
    if (request.ownsMachine === true && areKept()) return options;
    return { ...options, env: { ...options.env, ...ourWindow.tie() } };
  };
  const closing = vscode.window.onDidCloseTerminal((terminal) => {
    for (const [key, one] of open) if (one === terminal) open.delete(key);
  });
  return {
    options: tiedOptions,
    open: (request) => {
      const key = request.reuse ?? randomUUID();
      const terminal = open.get(key) ?? vscode.window.createTerminal(tiedOptions(request));
      open.set(key, terminal);
      terminal.show();
      return terminal;
    },
    run: async (request, signal) => {
      if (signal.aborted) throw cancelled();
      const directory = await mkdtemp(join(tmpdir(), 'nspawn-'));
      try {
        const terminal = vscode.window.createTerminal(
          optionsOf(request, statusScript, join(directory, statusFile), holdOf(request)),
        );
        terminal.show();
        await ending(directory, terminal, signal);
        return await exitCodeIn(directory);
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
    dispose: () => {
      closing.dispose();
      ourWindow.dispose();
      open.clear();
    },
  };
};
