/** Cuts an array in chunks of that size and gives what is left without each of them. */
const without = <Item>(items: readonly Item[], size: number): Item[][] => {
  const rests: Item[][] = [];
  for (let at = 0; at < items.length; at += size) rests.push([...items.slice(0, at), ...items.slice(at + size)]);
  return rests;
};

const shrink = async (
  start: readonly string[],
  differs: (texts: readonly string[]) => Promise<boolean[]>,
): Promise<readonly string[]> => {
  let parts = start;
  for (let size = Math.max(1, parts.length >> 1); ;) {
    const rests = without(parts, size).filter(({ length }) => length < parts.length && length > 0);
    const verdicts = await differs(rests.map((rest) => rest.join('')));
    const smaller = rests[verdicts.indexOf(true)];
    if (smaller !== undefined) {
      parts = smaller;
      size = Math.min(size, Math.max(1, parts.length >> 1));
    } else if (size === 1) return parts;
    else size >>= 1;
  }
};

/** More characters than that are not taken one by one. */
const shortText = 400;

/**
 * The smallest text found in which there is still the same kind of difference: first lines are left out, then characters.
 * @param differs tells of many texts at once, since asking the real parser one by one takes long
 */
export const minimise = async (
  text: string,
  differs: (texts: readonly string[]) => Promise<boolean[]>,
): Promise<string> => {
  const lines = (await shrink(text.split(/(?<=[\n\r\0])/), differs)).join('');
  return lines.length > shortText ? lines : (await shrink(Array.from(lines), differs)).join('');
};
