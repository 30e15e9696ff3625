import type { Command, Run } from '../command.ts';

/** How a tool comes to run as root. All of them ask for passwords themselves, where they need one. */
export type Reach = 'direct' | 'sudo' | 'pkexec' | 'run0';

interface ToolCall {
  readonly file: string;
  readonly args: readonly string[];
}

/** For a terminal: there each of them can ask. `--` keeps the tool's options apart from its own. */
export const reachInTerminal = <Call extends ToolCall>(reach: Reach, call: Call): Call => {
  switch (reach) {
    case 'direct':
      return call;
    case 'sudo':
      return { ...call, file: 'sudo', args: ['--', call.file, ...call.args] };
    case 'pkexec':
      return { ...call, file: 'pkexec', args: [call.file, ...call.args] };
    case 'run0':
      return { ...call, file: 'run0', args: ['--', call.file, ...call.args] };
  }
};

// All of them start the tool with a new environment, so the language that the tool's output is read in goes in again.
const language = ['LC_ALL=C.UTF-8', 'LANGUAGE=', 'SYSTEMD_COLORS=0', 'SYSTEMD_PAGER='];

/**
 * For a run without a terminal. sudo then never asks (`-n`); pkexec and run0 let an agent of the desktop ask, and fail
 * where there is none.
 */
export const reachInBackground = <Result>(reach: Reach, command: Command<Result>): Command<Result> => {
  const tool = ['env', ...language, command.file, ...command.args];
  switch (reach) {
    case 'direct':
      return command;
    case 'sudo':
      return { ...command, file: 'sudo', args: ['--non-interactive', '--', ...tool] };
    case 'pkexec':
      return { ...command, file: 'pkexec', args: ['--disable-internal-agent', ...tool] };
    case 'run0':
      return { ...command, file: 'run0', args: ['--pipe', '--', ...tool] };
  }
};

/** A `Run` whose every command goes that way. */
export const runThrough =
  (reach: Reach, run: Run): Run =>
  (command, options) =>
    run(reachInBackground(reach, command), options);

/** Whether sudo needs no password now: none is set for this user, or one was given a short time ago. */
export const sudoNeedsNoPassword = (run: Run): Promise<boolean> =>
  run({ file: 'sudo', args: ['--non-interactive', '--', 'true'], parse: () => true, timeoutMs: 10_000 }).catch(
    () => false,
  );
