/** Why a read was given up: the file system does not answer. */
export class NoAnswer extends Error {}

/** Runs a read as soon as there is room for it. @throws NoAnswer, and what the read throws */
type BoundedReads = <Result>(read: () => Promise<Result>) => Promise<Result>;

interface Bounds {
  /** Reads that go on at a time. */
  readonly limit: number;
  /** Milliseconds until a read counts as hanging. */
  readonly patienceMs: number;
}

/**
 * Files are read by four threads that all of this process shares, and a thread that waits for a file system which does not
 * answer cannot be taken back: a network file system whose server is gone, or one of somebody else's making (FUSE). So only a few
 * may read where others can mount something. When all of these hang, further reads fail at once until one has come back.
 */
export const createBoundedReads = ({ limit, patienceMs }: Bounds): BoundedReads => {
  const state = { reading: 0, hanging: 0 };
  const waiting: { readonly go: () => void; readonly giveUp: (error: Error) => void }[] = [];

  const refuseAll = (): void => {
    for (const { giveUp } of waiting.splice(0)) giveUp(new NoAnswer('other reads do not end'));
  };

  const room = (): Promise<void> => {
    if (state.hanging >= limit) return Promise.reject(new NoAnswer('other reads do not end'));
    if (state.reading < limit) {
      state.reading += 1;
      return Promise.resolve();
    }
    // Whoever ends hands its room on.
    return new Promise<void>((resolve, reject) => waiting.push({ go: resolve, giveUp: reject }));
  };

  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) state.reading -= 1;
    else next.go();
  };

  return async <Result>(read: () => Promise<Result>) => {
    await room();
    return new Promise<Result>((resolve, reject) => {
      const own = { hangs: false };
      const timer = setTimeout(() => {
        own.hangs = true;
        state.hanging += 1;
        reject(new NoAnswer('the file system does not answer'));
        if (state.hanging >= limit) refuseAll();
      }, patienceMs);
      read()
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          if (own.hangs) state.hanging -= 1;
          leave();
        });
    });
  };
};

/** The one for all files that may lie where others mount something: two of the four threads are left for everything else. */
export const boundedReads = createBoundedReads({ limit: 2, patienceMs: 3_000 });

/** Milliseconds of work between two looks at everything else that waits for this thread. */
const sliceMs = 5;

/** Visits all items without holding the thread for long. Resolves when all are done. */
export const inSlices = async <Item>(items: Iterable<Item>, visit: (item: Item) => unknown): Promise<void> => {
  let began = performance.now();
  for (const item of items) {
    if (performance.now() - began > sliceMs) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      began = performance.now();
    }
    const visited = visit(item);
    if (visited instanceof Promise) await visited;
  }
};
