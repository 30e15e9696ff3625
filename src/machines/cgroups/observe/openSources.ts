import { closeSync, openSync, statSync } from 'node:fs';
import { readSmallFile, withFile } from './readSmallFile.ts';
import type { Counters } from './usage.ts';
import type { Source } from './usageSources.ts';

/** A source that is there, and its descriptor where that is kept open: to read again then costs a fifth of opening it again. */
export interface OpenSource extends Source {
  readonly descriptor: number | undefined;
}

/** The open files of the sampler, of which there are never more than its share. */
export interface OpenSources {
  open(source: Source): OpenSource;
  close(sources: readonly OpenSource[]): void;
}

const fewest = 64;
const most = 4096;

/** An eighth of what this process may open: VS Code and other extensions share the limit. */
const share = (): number => {
  const soft = /^Max open files\s+(\d+)/mu.exec(readSmallFile('/proc/self/limits') ?? '')?.[1];
  return Math.min(most, Math.max(fewest, Math.floor(Number(soft ?? 0) / 8)));
};

/** Without the cost of an exception, which is twice that of the question. */
export const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

export const createOpenSources = (allowed = share()): OpenSources => {
  const state = { open: 0 };
  return {
    open: (source) => {
      if (state.open >= allowed) return { ...source, descriptor: undefined };
      try {
        const descriptor = openSync(source.path, 'r');
        state.open += 1;
        return { ...source, descriptor };
      } catch {
        return { ...source, descriptor: undefined };
      }
    },
    close: (sources) => {
      for (const { descriptor } of sources) {
        if (descriptor === undefined) continue;
        closeSync(descriptor);
        state.open -= 1;
      }
    },
  };
};

/** Undefined where the group has gone, and perhaps come again, or where it may not be read. */
export const readSource = (source: OpenSource): Counters | undefined => {
  try {
    return source.descriptor === undefined
      ? withFile(source.path, source.counters)
      : source.counters(source.descriptor);
  } catch {
    return undefined;
  }
};
