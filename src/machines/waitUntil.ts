import { setTimeout as sleep } from 'node:timers/promises';
import { MachineError } from './errors.ts';
import type { Inventory } from './inventory.ts';

const firstPauseMs = 10;
const longestPauseMs = 1_000;

export interface Waiting {
  readonly signal: AbortSignal;
  readonly limitMs: number;
  /** Ends a pause early; absent where nothing tells of a change, as of most of what is done to control groups. */
  readonly onDidChange?: Inventory['onDidChange'];
}

const pause = async (ms: number, { signal, onDidChange }: Waiting): Promise<void> => {
  const awake = new AbortController();
  const stopListening = onDidChange?.(() => awake.abort());
  try {
    await sleep(ms, undefined, { signal: AbortSignal.any([signal, awake.signal]) });
  } catch {
    // Woken or cancelled: the loop looks which.
  } finally {
    stopListening?.();
  }
};

/**
 * Asks until the answer is yes. An event of the inventory makes it ask at once. Nothing announces a unit that has finished
 * stopping, an init that has taken over or a group that is empty, and the inventory may be paused, so between events it asks
 * with growing pauses; only ever during an action of the user's, and only until `limitMs`.
 * @returns whether the answer became yes within the limit
 * @throws MachineError cancelled, and what `isSo` throws
 */
export const waitUntil = async (isSo: () => Promise<boolean>, waiting: Waiting): Promise<boolean> => {
  const deadline = performance.now() + waiting.limitMs;
  for (let ms = firstPauseMs; ; ms = Math.min(ms * 2, longestPauseMs)) {
    if (waiting.signal.aborted) throw new MachineError({ kind: 'cancelled' });
    if (await isSo()) return true;
    const left = deadline - performance.now();
    if (left <= 0) return false;
    await pause(Math.min(ms, left), waiting);
  }
};
