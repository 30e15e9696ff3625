import { start } from '../../rig/program.ts';
import type { Progress } from '../../rig/progress.ts';
import type { Suite } from '../boot/debootstrap.ts';
import { ensureRootfs } from '../boot/rootfs.ts';
import { tool } from '../boot/tools.ts';
import { buildProgram } from '../programs/buildProgram.ts';

/** A real tool that is asked about files. */
export interface JudgeKind<Verdict> {
  /** The tool with its version. */
  readonly name: (suite: Suite) => string;
  /** A program beside this file that runs the tool for every file (see exchange.pl), or one of ../programs without its `.c`. */
  readonly program: string;
  /** Whether the tool is one of LXC, which only some hosts have. */
  readonly isOfLxc?: boolean;
  /** What the shell does before that, outside of the file system at `$base`. */
  readonly prepare: string;
  /** Whether it starts machines, which needs a root of its own and not a chroot. */
  readonly startsMachines?: boolean;
  readonly verdictOf: (records: readonly Buffer[]) => Verdict;
}

/** The tool of one suite, kept at hand to be asked. */
export interface Judge<Verdict> {
  /**
   * What the tool says about each of these files.
   * @throws Error when the judge has ended
   */
  readonly judge: (files: readonly Uint8Array[]) => Promise<Verdict[]>;
  readonly close: () => Promise<void>;
}

const intoChroot = `case "$3" in
*.pl) exec chroot "$base" perl "/tmp/$3" ;;
*) exec chroot "$base" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "/tmp/$3" ;;
esac
`;

/** In a chroot the kernel makes no user namespaces. */
const intoRoot = `cd "$base"
mkdir tmp/before
pivot_root . tmp/before
exec chroot . sh -c 'umount -l /tmp/before && exec perl "$1"' sh "/tmp/$3"
`;

/**
 * Everything happens in namespaces that end with their first process: the cached file system is mounted read-only in
 * there, and what has to be written to lies in memory.
 */
const enter = (prepare: string, isRoot: boolean): string => `
set -e
base=$1
mount --bind "$base" "$base"
mount -o remount,bind,ro "$base"
for directory in tmp run sys; do mount -t tmpfs tmpfs "$base/$directory"; done
mount --rbind /dev "$base/dev"
${prepare}
cp "$2"/* "$base/tmp"
${isRoot ? intoRoot : intoChroot}`;

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

interface Waiting<Verdict> {
  readonly verdicts: Verdict[];
  readonly count: number;
  readonly resolve: (verdicts: Verdict[]) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the judge of a suite; its root file system is built the first time. Needs root. */
export const startJudge = async <Verdict>(
  { program, prepare, verdictOf, startsMachines = false, isOfLxc = false }: JudgeKind<Verdict>,
  suite: Suite,
  report: Progress,
): Promise<Judge<Verdict>> => {
  const rootfs = await ensureRootfs(suite, report, isOfLxc);
  const programs = program.endsWith('.pl') ? import.meta.dirname : await buildProgram(program, '-ldl');
  const inside = ['sh', '-c', enter(prepare, startsMachines), 'sh', rootfs, programs, program];
  const child = start(await tool('unshare'), [...namespaces, '--', ...inside], { stdio: ['pipe', 'pipe', 'pipe'] });
  const answers = new Answers();
  const queue: Waiting<Verdict>[] = [];
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
