/** Milliseconds of work between two looks at everything else that waits for this thread. */
const sliceMs = 5;

/** Visits all items without holding the thread for long. Resolves when all are done. */
export const inSlices = async <Item>(items: Iterable<Item>, visit: (item: Item) => void): Promise<void> => {
  let began = performance.now();
  for (const item of items) {
    if (performance.now() - began > sliceMs) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      began = performance.now();
    }
    visit(item);
  }
};
