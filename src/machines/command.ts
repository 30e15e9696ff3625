/** What a finished tool left behind. */
export interface CommandOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * One run of an outside tool, as data: nothing happens until a `Run` is given it. Arguments are an array and never pass
 * through a shell.
 */
export interface Command<Result> {
  /** A name looked up in PATH (`machinectl`) or an absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  /** Reads the output of a run that exited 0. Throws MachineError `unexpectedOutput` on what it cannot read. */
  readonly parse: (output: CommandOutput) => Result;
  /** Text for standard input; without it standard input is closed. */
  readonly input?: string;
  /** Milliseconds until the run counts as hanging and is ended; the runner has a default. */
  readonly timeoutMs?: number;
  /** What of its words tells a person why it failed; where it is left out, all of those on standard error. */
  readonly reason?: (stderr: string, stdout: string) => string;
  /** Is told each line of its words while it runs, for whoever waits. */
  readonly follow?: (line: string) => void;
  /** Does something to the host, and does not only ask: such runs are logged for everybody to see. */
  readonly acts?: true;
  /** How many of its last arguments may hold a secret, which no log keeps. */
  readonly hidden?: number;
}

/** A tool and its arguments, as a log keeps them. */
export const loggedCall = ({ file, args }: Pick<Command<unknown>, 'file' | 'args'>, hidden = 0): string =>
  JSON.stringify([file, ...args.slice(0, args.length - hidden), ...Array.from({ length: hidden }, () => '…')]);

export interface RunOptions {
  /** Ends the tool; the run then fails with MachineError `cancelled`. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a command and reads its output.
 * @throws MachineError, and nothing else: toolMissing, toolFailed, timedOut, cancelled, unexpectedOutput.
 */
export type Run = <Result>(command: Command<Result>, options?: RunOptions) => Promise<Result>;

/** For commands whose output nobody reads. */
export const ignoreOutput = (): void => undefined;

/**
 * A tool that talks to a person: opened as a terminal's shellPath and shellArgs, never typed into a shell, so no argument
 * is ever interpreted on the host.
 */
export interface TerminalCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** The name of the machine or image, for the terminal's tab. */
  readonly title: string;
  /** What the tool's environment has besides the terminal's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** It holds its machine, which ends with the terminal, and stays when the window is loaded anew. */
  readonly ownsMachine?: true;
}
