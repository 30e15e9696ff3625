/**
 * Says when to look again at what groups use: single shots, the next one set only when the work of the last is done. The kernel
 * tells nobody how much a group uses, so this is the one thing in the extension that is asked for by time; and only while
 * somebody sees it.
 */
export interface SampleClock {
  /** Begins, or begins anew with another interval. Zero is never. */
  start(intervalMs: number): void;
  stop(): void;
}

// The first sample has no rates yet: soon another one makes them.
const secondSampleMs = 1000;

export const createSampleClock = (work: () => Promise<void>): SampleClock => {
  const state: { timer: NodeJS.Timeout | undefined; round: number } = { timer: undefined, round: 0 };
  const stop = (): void => {
    clearTimeout(state.timer);
    state.timer = undefined;
    state.round += 1;
  };
  const wait = (delayMs: number, intervalMs: number): void => {
    const { round } = state;
    state.timer = setTimeout(() => {
      void work().finally(() => {
        if (state.round === round) wait(intervalMs, intervalMs);
      });
    }, delayMs);
  };
  return {
    start: (intervalMs) => {
      stop();
      if (intervalMs > 0) wait(Math.min(secondSampleMs, intervalMs), intervalMs);
    },
    stop,
  };
};
