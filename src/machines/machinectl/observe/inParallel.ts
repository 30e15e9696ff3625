/** Visits all items, at most `limit` at a time. Rejects with the first failure. */
export const inParallel = async <Item>(
  items: Iterable<Item>,
  limit: number,
  visit: (item: Item) => Promise<void>,
): Promise<void> => {
  const iterator = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await visit(next.value);
  };
  await Promise.all(Array.from({ length: limit }, worker));
};
