import { execFile, spawnSync } from 'node:child_process';

/** What a shell is asked: constant text as its first parameter. */
export interface ShellQuestion {
  readonly script: string;
  readonly parameters: readonly string[];
  /** More than that of an answer is none. */
  readonly mostBytes: number;
  /** A root of a test, with programs of its own. */
  readonly root?: string | undefined;
  /** Milliseconds; another limit than `usualPatienceMs`, in tests, whose machine may be busy. */
  readonly patienceMs?: number | undefined;
}

/** A file system that does not answer, such as one of a user's own making, counts as one that nobody can look into. */
const usualPatienceMs = 2_000;

const programs = '/usr/sbin:/usr/bin:/sbin:/bin';

const argumentsOf = ({ script, parameters }: ShellQuestion): readonly string[] => ['-c', script, 'sh', ...parameters];

const optionsOf = ({ root, mostBytes, patienceMs = usualPatienceMs }: ShellQuestion) =>
  ({
    cwd: '/',
    encoding: 'utf8',
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    maxBuffer: mostBytes,
    env: { PATH: root === undefined ? programs : `${root}/bin:${programs}`, LC_ALL: 'C.UTF-8' },
  }) as const;

/** What it has printed; undefined where it failed or took too long. */
export type AskShell = (question: ShellQuestion) => Promise<string | undefined>;

const askOnce: AskShell = (question) =>
  new Promise((resolve) => {
    execFile('/bin/sh', argumentsOf(question), optionsOf(question), (error, stdout) =>
      resolve(error === null ? stdout : undefined),
    );
  });

/**
 * A shell looks at this host in a process of its own, because a thread of ours that waits for a file system which does not answer could not be
 * taken back. The answer takes two seconds at most, and as long as an older look hangs, nobody looks.
 */
export const createAskShell = (ask: AskShell = askOnce): AskShell => {
  const hanging = new Set<Promise<string | undefined>>();
  return (question) => {
    if (hanging.size > 0) return Promise.resolve(undefined);
    const asked = ask(question);
    return new Promise((resolve) => {
      // A process that the kernel holds for good does not even die of a signal.
      const timer = setTimeout(
        () => {
          hanging.add(asked);
          resolve(undefined);
        },
        (question.patienceMs ?? usualPatienceMs) + 500,
      );
      void asked.then((said) => {
        clearTimeout(timer);
        hanging.delete(asked);
        resolve(said);
      });
    });
  };
};

/** The same for a program that does nothing else meanwhile. */
export const askShellNow = (question: ShellQuestion): string | undefined => {
  const { error, status, stdout } = spawnSync('/bin/sh', argumentsOf(question), optionsOf(question));
  // What says too much may have ended well before it is stopped.
  return error === undefined && status === 0 ? stdout : undefined;
};
