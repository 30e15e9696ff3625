import type { ResultPromise } from 'execa';
import type { Command, Run } from './command.ts';
import { MachineError } from './errors.ts';

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

interface Spawned {
  readonly pid?: number | undefined;
}

/** Ends the whole process group: a tool that is a script leaves children that would hold its output open. */
const signalGroup = (spawned: Spawned, signal: 'SIGTERM' | 'SIGKILL'): void => {
  if (spawned.pid === undefined) return;
  try {
    process.kill(-spawned.pid, signal);
  } catch {
    // It has ended, or it runs as root by sudo: then nobody may end it, and its result is not waited for.
  }
};

const stop = (spawned: Spawned, gone: () => void): void => {
  signalGroup(spawned, 'SIGTERM');
  setTimeout(() => {
    signalGroup(spawned, 'SIGKILL');
    setTimeout(gone, graceMs).unref();
  }, graceMs).unref();
};

type EndedBy = 'timeout' | 'cancel';

interface Watch {
  /** Resolves when the process has been told to end and had its time, whether or not it has obeyed. */
  readonly overdue: Promise<undefined>;
  readonly endedBy: () => EndedBy | undefined;
  readonly dispose: () => void;
}

const watch = (spawned: Spawned, timeoutMs: number, signal: AbortSignal | undefined): Watch => {
  const state: { endedBy: EndedBy | undefined } = { endedBy: undefined };
  const giveUp = new AbortController();
  const overdue = new Promise<undefined>((resolve) => {
    giveUp.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const end = (by: EndedBy): void => {
    if (state.endedBy !== undefined) return;
    state.endedBy = by;
    stop(spawned, () => giveUp.abort());
  };
  const timer = setTimeout(() => end('timeout'), timeoutMs);
  const cancel = (): void => end('cancel');
  signal?.addEventListener('abort', cancel, { once: true });
  return {
    overdue,
    endedBy: () => state.endedBy,
    dispose: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
};

/** A `Run` on this host. The tools of a run that is still going on when the process exits are ended with it. */
export const createRun = ({ log }: RunnerOptions = {}): Run => {
  const alive = new Set<Spawned>();
  process.once('exit', () => {
    for (const spawned of alive) signalGroup(spawned, 'SIGKILL');
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
      // Its own process group, and no terminal on which it could ask for a password.
      detached: true,
      ...(command.input === undefined ? { stdin: 'ignore' } : { input: command.input }),
      maxBuffer: maximumOutput,
      stripFinalNewline: false,
      reject: false,
    } as const) as ResultPromise<{ reject: false }>;
    alive.add(subprocess);
    const watching = watch(subprocess, timeoutMs, signal);
    const result = await Promise.race([subprocess, watching.overdue]);
    watching.dispose();
    alive.delete(subprocess);
    log?.(
      `${JSON.stringify([file, ...args])} ${result?.exitCode ?? result?.signal ?? watching.endedBy() ?? 'did not run'} ` +
        `${Math.round(performance.now() - began)} ms`,
      command.acts === true,
    );

    switch (watching.endedBy()) {
      case 'cancel':
        throw new MachineError({ kind: 'cancelled' });
      case 'timeout':
        throw new MachineError({ kind: 'timedOut', file, afterMs: timeoutMs });
      case undefined:
    }
    if (result === undefined) throw new MachineError({ kind: 'timedOut', file, afterMs: timeoutMs });
    if (result.code === 'ENOENT') throw new MachineError({ kind: 'toolMissing', file });
    if (result.isMaxBuffer) {
      signalGroup(subprocess, 'SIGKILL');
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
          stderr: (output.stderr || (result.originalMessage ?? '')).slice(0, maximumStderr).trim(),
        },
        result.cause === undefined ? undefined : { cause: result.cause },
      );
    }
    return command.parse(output);
  };
};
