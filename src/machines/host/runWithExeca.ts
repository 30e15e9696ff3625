import { setTimeout as sleep } from 'node:timers/promises';
import type { ResultPromise } from 'execa';
import { type Command, loggedCall, type Run } from '../command.ts';
import { MachineError } from '../errors.ts';

const defaultTimeoutMs = 30_000;
/** Characters of standard output; a thousand images are well below one million. */
const maximumOutput = 32_000_000;
const maximumStderr = 4_000;
/** What a tool gets between the request to end and the end. */
const graceMs = 1_000;

/** Output that can be relied upon: no translation, no colours, no pager, whatever the user's shell has set. */
const environment = {
  LC_ALL: 'C.UTF-8',
  LANGUAGE: '',
  SYSTEMD_COLORS: '0',
  SYSTEMD_PAGER: '',
  SYSTEMD_LESS: '',
};

export interface RunnerOptions {
  /** Told of every run by its tool, arguments, end and time; never of the environment or of standard input. */
  readonly log?: (line: string, acts: boolean) => void;
}

/**
 * Resolves when a tool that was told to end has had its time and has not obeyed, as one that runs as root by sudo, which nobody may
 * end: its result is not waited for. Rejects when it is `over`.
 */
const overdue = async (timeoutMs: number, signal: AbortSignal | undefined, over: AbortSignal): Promise<undefined> => {
  const ends = signal === undefined ? over : AbortSignal.any([signal, over]);
  await sleep(timeoutMs, undefined, { signal: ends, ref: false }).catch(() => undefined);
  return sleep(2 * graceMs, undefined, { signal: over, ref: false });
};

/** Its end, whichever it is, is told by the result. */
const followLines = async (
  subprocess: Pick<ResultPromise, 'iterable'>,
  from: 'stdout' | 'stderr',
  follow: (line: string) => void,
): Promise<void> => {
  try {
    for await (const line of subprocess.iterable({ from })) follow(String(line));
  } catch {
    // It failed.
  }
};

/** A `Run` on this host. The tools of a run that is still going on when the process exits are ended with it. */
export const createRun = ({ log }: RunnerOptions = {}): Run => {
  const alive = new Set<Pick<ResultPromise, 'kill'>>();
  process.once('exit', () => {
    for (const subprocess of alive) subprocess.kill('SIGKILL');
  });

  return async <Result>(command: Command<Result>, { signal }: { readonly signal?: AbortSignal } = {}) => {
    if (signal?.aborted === true) throw new MachineError({ kind: 'cancelled' });
    const { file, args, timeoutMs = defaultTimeoutMs } = command;
    // Loaded with the first command, so that activation does not pay for it.
    const { execa } = await import('execa');
    const began = performance.now();
    const subprocess = execa(file, args, {
      cwd: '/',
      env: environment,
      // In a process group of its own, which has no terminal to ask for a password on, and which is ended as a whole: a tool that is a
      // script leaves children that would hold its output open.
      killDescendants: true,
      timeout: timeoutMs,
      ...(signal === undefined ? {} : { cancelSignal: signal }),
      forceKillAfterDelay: graceMs,
      // It would lay hands on the signals of the whole extension host.
      cleanup: false,
      ...(command.input === undefined ? { stdin: 'ignore' } : { input: command.input }),
      maxBuffer: maximumOutput,
      stripFinalNewline: false,
      reject: false,
    } as const) as ResultPromise<{ reject: false }>;
    alive.add(subprocess);
    if (command.follow !== undefined)
      for (const from of ['stdout', 'stderr'] as const) void followLines(subprocess, from, command.follow);
    const over = new AbortController();
    const result = await Promise.race([subprocess, overdue(timeoutMs, signal, over.signal)]);
    over.abort();
    alive.delete(subprocess);
    const isCancelled = result?.isCanceled ?? signal?.aborted ?? false;
    const isLate = result?.timedOut ?? !isCancelled;
    const told = isCancelled ? 'cancel' : isLate ? 'timeout' : 'did not run';
    log?.(
      `${loggedCall(command, command.hidden)} ${result?.exitCode ?? result?.signal ?? told} ` +
        `${Math.round(performance.now() - began)} ms`,
      command.acts === true,
    );

    // What it has started may have outlived it.
    if (isCancelled || isLate || result?.isMaxBuffer === true) subprocess.kill('SIGKILL');
    if (isCancelled) throw new MachineError({ kind: 'cancelled' });
    if (isLate || result === undefined) throw new MachineError({ kind: 'timedOut', file, afterMs: timeoutMs });
    if (result.code === 'ENOENT') throw new MachineError({ kind: 'toolMissing', file });
    if (result.isMaxBuffer) {
      const detail = `more than ${maximumOutput} characters`;
      throw new MachineError({ kind: 'unexpectedOutput', source: file, detail });
    }
    const output = { exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
    if (result.failed) {
      throw new MachineError(
        {
          kind: 'toolFailed',
          file,
          args,
          exitCode: result.exitCode,
          signal: result.signal,
          stderr: ((command.reason?.(output.stderr, output.stdout) ?? output.stderr) || (result.originalMessage ?? ''))
            .slice(0, maximumStderr)
            .trim(),
        },
        result.cause === undefined ? undefined : { cause: result.cause },
      );
    }
    return command.parse(output);
  };
};
