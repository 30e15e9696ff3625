import type { WriteStream } from 'node:tty';

/** What `createProgress` writes to: standard output, or anything that takes text. */
export type ProgressStream = Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** Says on standard output what a rig is doing, so that nobody waits in front of a silent screen. */
export interface Progress {
  /** Prints one line: the seconds since the process began, and the text. */
  readonly say: (text: string) => void;
  /**
   * Says the text, does the work and says how many seconds it took. `detail` tells how far it is ("40 %", "libc6"):
   * on a terminal it stands behind a spinner, elsewhere the newest one is repeated every half minute.
   */
  readonly step: <Result>(text: string, work: (detail: (text: string) => void) => Promise<Result>) => Promise<Result>;
}

const spinnerFrames = ['|', '/', '-', '\\'];
const spinnerMs = 120;
const heartbeatMs = 30_000;

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

const line = (text: string): string => `[${seconds(performance.now()).padStart(6)} s] ${text}`;

/** Turns a spinner on a terminal; returns what ends it and cleans the line. */
const spin = (stream: ProgressStream, text: string, detail: () => string): (() => void) => {
  const state = { frame: 0 };
  const timer = setInterval(() => {
    state.frame = (state.frame + 1) % spinnerFrames.length;
    const whole = line(`${spinnerFrames[state.frame] ?? ''} ${text} ${detail()}`);
    stream.write(`\r\x1b[K${whole.slice(0, (stream.columns ?? 80) - 1)}`);
  }, spinnerMs);
  return () => {
    clearInterval(timer);
    stream.write('\r\x1b[K');
  };
};

/** Where there is no terminal (a log, CI), a long step gives a sign of life now and then. */
const beat = (stream: ProgressStream, text: string, detail: () => string): (() => void) => {
  const timer = setInterval(() => stream.write(`${line(`  … still: ${text} ${detail()}`.trimEnd())}\n`), heartbeatMs);
  return () => clearInterval(timer);
};

export const createProgress = (stream: ProgressStream): Progress => {
  const say = (text: string): void => {
    stream.write(`${line(text)}\n`);
  };
  const step: Progress['step'] = async (text, work) => {
    const began = performance.now();
    const newest = { detail: '' };
    say(`${text} …`);
    const end = (stream.isTTY === true ? spin : beat)(stream, text, () => newest.detail);
    try {
      const result = await work((detail) => {
        newest.detail = detail;
      });
      end();
      say(`${text}: done in ${seconds(performance.now() - began)} s`);
      return result;
    } catch (error) {
      end();
      say(`${text}: failed after ${seconds(performance.now() - began)} s`);
      throw error;
    }
  };
  return { say, step };
};

/** The progress of this process, on its standard output. */
export const progress: Progress = createProgress(process.stdout);
