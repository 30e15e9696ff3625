import { open } from 'node:fs/promises';
import { createBoundedReads, NoAnswer } from '../../host/boundedReads.ts';

/** More of it nobody reads. */
const mostBytes = 2_048;
/** A process may choose another line at any time; it is looked at again after this long, when it is wanted. */
const freshMs = 2_000;

/**
 * The kernel reads a command line out of the memory of its process, and waits for the lock of that memory, which a process may
 * hold for as long as it likes: with a file of a FUSE that does not answer, or by userfaultfd(2). No more than one of the threads
 * that all of this process shares is ever lost to that. While it hangs, no command line is known.
 */
const bounded = createBoundedReads({ limit: 1, patienceMs: 1_000 });

const readBeginning = async (path: string): Promise<string> => {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
};

/** Bytes as characters of the same number, arguments ended by NUL; undefined where the process does not let it be read. */
export const readCommandLine = (pid: number): Promise<string | undefined> =>
  bounded(() => readBeginning(`/proc/${pid}/cmdline`)).catch((error: unknown) =>
    error instanceof NoAnswer ? undefined : '',
  );

export interface CommandLines {
  /** What was read last; empty where nothing has come yet. Reads it, or reads it again after a while. */
  readonly of: (pid: number, startTime: string) => string;
  /** Calls back when others have come. */
  readonly onNews: (listener: () => void) => void;
  readonly forget: () => void;
}

/** What processes say that they were started with, for a view that cannot wait. */
export const createCommandLines = (
  read: (pid: number) => Promise<string | undefined> = readCommandLine,
  now: () => number = Date.now,
): CommandLines => {
  const known = new Map<string, { line: string; askedAt: number }>();
  const state: { reading: number; news: boolean; listener: () => void } = {
    reading: 0,
    news: false,
    listener: () => undefined,
  };
  const ask = async (pid: number, entry: { line: string }): Promise<void> => {
    state.reading += 1;
    const line = (await read(pid)) ?? entry.line;
    state.reading -= 1;
    if (line !== entry.line) state.news = true;
    entry.line = line;
    if (state.reading > 0 || !state.news) return;
    state.news = false;
    state.listener();
  };
  return {
    of: (pid, startTime) => {
      const key = `${pid} ${startTime}`;
      const entry = known.get(key) ?? { line: '', askedAt: Number.NEGATIVE_INFINITY };
      if (now() - entry.askedAt >= freshMs) {
        entry.askedAt = now();
        known.set(key, entry);
        void ask(pid, entry);
      }
      return entry.line;
    },
    onNews: (listener) => {
      state.listener = listener;
    },
    forget: () => known.clear(),
  };
};
