import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Progress } from '../../rig/progress.ts';
import type { Suite } from '../boot/debootstrap.ts';
import { ensureRootfs } from '../boot/rootfs.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** The systemd of every suite. */
export const systemdVersions: Readonly<Record<Suite, number>> = { bookworm: 252, trixie: 257, forky: 262 };

/** systemd-nspawn of one suite, kept at hand to be asked about settings files. */
export interface Judge {
  /**
   * What systemd-nspawn says about each of these files. No machine is started. A file takes about ten milliseconds.
   * @throws Error when the judge has ended
   */
  readonly judge: (files: readonly Uint8Array[]) => Promise<Verdict[]>;
  readonly close: () => Promise<void>;
}

/**
 * Everything happens in namespaces that end with their first process: the cached file system is mounted read-only in
 * there, and what has to be written to lies in memory. Newer versions refuse to run without cgroup2.
 */
const enter = `
set -e
base=$1
mount --bind "$base" "$base"
mount -o remount,bind,ro "$base"
for directory in tmp run sys; do mount -t tmpfs tmpfs "$base/$directory"; done
mkdir -p "$base/sys/fs/cgroup"
mount -t cgroup2 cgroup2 "$base/sys/fs/cgroup"
mount -t proc proc "$base/proc"
mount --rbind /dev "$base/dev"
cp "$2" "$base/tmp/judgeFiles.pl"
exec chroot "$base" perl /tmp/judgeFiles.pl
`;

const namespaces = ['--mount', '--propagation', 'private', '--net', '--ipc', '--pid', '--fork', '--kill-child'];

/** Takes the answers out of what the judge writes: a number of records, then each with its length before it. */
class Answers {
  #bytes = Buffer.alloc(0);
  #at = 0;

  add(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#at), chunk]);
    this.#at = 0;
  }

  /** The records of the next whole answer; undefined when it has not all come. */
  next(): Buffer[] | undefined {
    const reading = { at: this.#at };
    const count = this.#number(reading);
    if (count === undefined) return undefined;
    const records: Buffer[] = [];
    for (let index = 0; index < count; index++) {
      const length = this.#number(reading);
      if (length === undefined || reading.at + length > this.#bytes.length) return undefined;
      records.push(Buffer.from(this.#bytes.subarray(reading.at, reading.at + length)));
      reading.at += length;
    }
    this.#at = reading.at;
    return records;
  }

  #number(reading: { at: number }): number | undefined {
    const newline = this.#bytes.indexOf(10, reading.at);
    if (newline < 0) return undefined;
    const number = Number(this.#bytes.toString('latin1', reading.at, newline));
    reading.at = newline + 1;
    return number;
  }
}

interface Waiting {
  readonly verdicts: Verdict[];
  readonly count: number;
  readonly resolve: (verdicts: Verdict[]) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the judge of a suite; its root file system is built the first time. Needs root. */
export const startJudge = async (suite: Suite, report: Progress): Promise<Judge> => {
  const rootfs = await ensureRootfs(suite, report);
  const program = join(import.meta.dirname, 'judgeFiles.pl');
  const child = spawn('unshare', [...namespaces, '--', 'sh', '-c', enter, 'sh', rootfs, program], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const answers = new Answers();
  const queue: Waiting[] = [];
  const state = { stderr: '', ended: false };
  const ended = new Promise<void>((resolve) => {
    const end = (reason: string): void => {
      state.ended = true;
      for (const waiting of queue.splice(0)) waiting.reject(new Error(`the judge of ${suite} ended: ${reason}`));
      resolve();
    };
    child.on('error', (error) => end(error.message));
    child.on('close', (code) => end(`${code ?? 'by a signal'} ${state.stderr}`));
  });
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => (state.stderr += text));
  child.stdout.on('data', (chunk: Buffer) => {
    answers.add(chunk);
    for (let records = answers.next(); records !== undefined; records = answers.next()) {
      const waiting = queue[0];
      if (waiting === undefined) throw new Error('the judge answered without being asked');
      waiting.verdicts.push(verdictOf(records));
      if (waiting.verdicts.length < waiting.count) continue;
      queue.shift();
      waiting.resolve(waiting.verdicts);
    }
  });
  return {
    judge: (files) => {
      if (state.ended) return Promise.reject(new Error(`the judge of ${suite} has ended: ${state.stderr}`));
      if (files.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        queue.push({ verdicts: [], count: files.length, resolve, reject });
        for (const file of files) {
          child.stdin.write(`${file.length}\n`);
          child.stdin.write(file);
        }
      });
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
