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
const cleanLine = '\r\x1b[K';

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

const line = (text: string): string => `[${seconds(performance.now()).padStart(6)} s] ${text}`;

/** A step that is not done yet. */
interface Running {
  readonly text: string;
  detail: string;
}

const described = (steps: ReadonlySet<Running>): string =>
  [...steps].map(({ text, detail }) => `${text} ${detail}`.trimEnd()).join('; ');

/** Gives a sign of life while steps run: a spinner on a terminal, elsewhere (a log, CI) a line now and then. */
const createTicker = (stream: ProgressStream, steps: ReadonlySet<Running>): (() => NodeJS.Timeout) => {
  const state = { frame: 0 };
  const spin = (): void => {
    state.frame = (state.frame + 1) % spinnerFrames.length;
    const whole = line(`${spinnerFrames[state.frame] ?? ''} ${described(steps)}`);
    stream.write(`${cleanLine}${whole.slice(0, (stream.columns ?? 80) - 1)}`);
  };
  const beat = (): void => {
    stream.write(`${line(`  … still: ${described(steps)}`)}\n`);
  };
  return () => (stream.isTTY === true ? setInterval(spin, spinnerMs) : setInterval(beat, heartbeatMs));
};

export const createProgress = (stream: ProgressStream): Progress => {
  const steps = new Set<Running>();
  const tick = createTicker(stream, steps);
  const ticking: { timer?: NodeJS.Timeout } = {};
  const say = (text: string): void => {
    stream.write(`${stream.isTTY === true ? cleanLine : ''}${line(text)}\n`);
  };
  const end = (running: Running, how: string, began: number): void => {
    steps.delete(running);
    if (steps.size === 0) clearInterval(ticking.timer);
    say(`${running.text}: ${how} ${seconds(performance.now() - began)} s`);
  };
  const step: Progress['step'] = async (text, work) => {
    const began = performance.now();
    const running: Running = { text, detail: '' };
    say(`${text} …`);
    if (steps.size === 0) ticking.timer = tick();
    steps.add(running);
    try {
      const result = await work((detail) => {
        running.detail = detail;
      });
      end(running, 'done in', began);
      return result;
    } catch (error) {
      end(running, 'failed after', began);
      throw error;
    }
  };
  return { say, step };
};

/** The progress of this process, on its standard output. */
export const progress: Progress = createProgress(process.stdout);
