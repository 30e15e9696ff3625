import { EventEmitter } from 'node:events';
import { presentTool, start } from '../../../rig/program.ts';

/** The parts of VS Code that the unit tests of ui use, as VS Code does them: a terminal really runs its shell. */
const events = new EventEmitter();

export const settings = new Map<string, unknown>();

export { l10n } from '../l10n.ts';

export const workspace = {
  getConfiguration: (section: string): { readonly get: (key: string) => unknown } => ({
    get: (key: string): unknown => settings.get(`${section}.${key}`),
  }),
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
}

export interface StandInTerminal {
  readonly name: string;
  readonly show: () => void;
  readonly dispose: () => void;
}

const terminals: StandInTerminal[] = [];

/** What notifications have said; nobody answers them. */
export const messages: string[] = [];
const say = (text: string): Promise<undefined> => {
  messages.push(text);
  return Promise.resolve(undefined);
};

/** A log that nobody reads. */
export const log = {
  debug: (): undefined => undefined,
  info: (): undefined => undefined,
  error: (): undefined => undefined,
};

export const ProgressLocation = { Notification: 15 };

type Task = (progress: { readonly report: () => void }, token: object) => Promise<unknown>;

export const window = {
  showInformationMessage: say,
  showWarningMessage: say,
  showErrorMessage: say,
  withProgress: (_: unknown, task: Task): Promise<unknown> =>
    task({ report: () => undefined }, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
  terminals,
  onDidCloseTerminal: (listener: (terminal: StandInTerminal) => void): { readonly dispose: () => void } => {
    events.on('closed', listener);
    return { dispose: () => void events.off('closed', listener) };
  },
  createTerminal: ({ name, shellPath, shellArgs }: TerminalOptions): StandInTerminal => {
    const shell = start(presentTool(shellPath), shellArgs, { stdio: 'ignore' });
    const terminal = { name, show: () => undefined, dispose: () => void shell.kill('SIGKILL') };
    terminals.push(terminal);
    shell.on('exit', () => {
      terminals.splice(terminals.indexOf(terminal), 1);
      events.emit('closed', terminal);
    });
    return terminal;
  },
};
