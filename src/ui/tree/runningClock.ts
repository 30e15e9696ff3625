import { nextChange, runningTime } from './runningTime.ts';

/**
 * Says when the text of a running time changes, without polling: one timer that fires once, set for the next moment at which
 * any shown text changes, and none while nothing is shown. It starts no process and makes no call.
 */
export interface RunningClock {
  /** Sets the timer anew, from what is shown now; call it when rows came or went, or the view was shown or hidden. */
  set(): void;
  dispose(): void;
}

export interface RunningClockOptions {
  /** Beginnings of what is shown, in milliseconds since the epoch, by name. */
  readonly shown: () => Iterable<readonly [name: string, since: number]>;
  /** The names whose text has changed. */
  readonly onTick: (names: readonly string[]) => void;
  readonly now?: () => number;
}

// A thousand machines that were started one after the other change their texts at a thousand moments each minute. With a
// pause of at least this long between two ticks a text is a little late, and the view is left alone.
const leastPauseMs = 10_000;

export const createRunningClock = ({ shown, onTick, now = Date.now }: RunningClockOptions): RunningClock => {
  // `told` is the moment up to which every change of a text has been told.
  const state: { timer: NodeJS.Timeout | undefined; told: number | undefined } = { timer: undefined, told: undefined };

  const set = (): void => {
    clearTimeout(state.timer);
    const told = state.told ?? now();
    const moments = Array.from(shown(), ([, since]) => nextChange(since, told));
    state.told = moments.length === 0 ? undefined : told;
    if (moments.length === 0) return;
    const next = moments.reduce((one, other) => Math.min(one, other));
    state.timer = setTimeout(() => tick(told), Math.max(next, told + leastPauseMs) - now());
  };

  const tick = (told: number): void => {
    const present = now();
    const changed = Array.from(shown()).filter(([, since]) => {
      const [before, after] = [runningTime(since, told), runningTime(since, present)];
      return before.unit !== after.unit || before.count !== after.count;
    });
    state.told = present;
    set();
    if (changed.length > 0) onTick(changed.map(([name]) => name));
  };

  return { set, dispose: () => clearTimeout(state.timer) };
};
