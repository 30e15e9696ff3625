import type { Entry } from '../document.ts';
import { countUpTo } from '../sorted.ts';
import type { Here } from '../vocabulary.ts';

/** Of a value: it is looked for near the cursor only. */
const mostLookedAt = 300;

const form = /^lxc\.net\.(\d{1,10})(?:\.|$)/u;

const indexOf = (key: string): number | undefined => {
  if (!key.startsWith('lxc.net.')) return undefined;
  const digits = form.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** The type that was set for a network device last before a place. */
export const typeBefore = ({ document: { loose }, offset }: Here, index: number): string | undefined => {
  const end = countUpTo(loose, ({ start }) => start, offset);
  for (let at = end - 1; at >= Math.max(0, end - mostLookedAt); at--) {
    const entry = loose[at];
    if (entry?.key.endsWith('.type') === true && indexOf(entry.key) === index) return entry.value;
  }
  return undefined;
};

/** Network devices as they are offered at a place. */
export interface Devices {
  /** The lowest number that none has. */
  readonly free: number;
  /** Those that a line may be added to: the one that is being typed, the one above, the first others. */
  readonly open: readonly number[];
}

const mostOpen = 4;

const typedIndex = ({ text, offset }: Here): number | undefined => {
  let start = offset;
  while (start > 0 && !/[\s=]/u.test(text.charAt(start - 1)) && offset - start < 40) start--;
  return indexOf(text.slice(start, offset));
};

const lastBefore = (entries: readonly Entry[], offset: number): number | undefined => {
  const end = countUpTo(entries, ({ end: entryEnd }) => entryEnd, offset - 1);
  for (let at = end - 1; at >= Math.max(0, end - mostLookedAt); at--) {
    const index = indexOf(entries[at]?.key ?? '');
    if (index !== undefined) return index;
  }
  return undefined;
};

/** Where the number of the next device is asked for, all lines are looked at: a number that is taken would change that device. */
export const devicesAt = (here: Here): Devices => {
  const { document, offset } = here;
  const taken = new Set<number>();
  for (const { key, start, end } of document.loose) {
    if (start <= offset && offset <= end) continue;
    const index = indexOf(key);
    if (index !== undefined) taken.add(index);
  }
  let free = 0;
  while (taken.has(free)) free++;
  const first = [...taken].slice(0, mostOpen);
  const near = [typedIndex(here), lastBefore(document.loose, offset)].flatMap((one) => one ?? []);
  return { free, open: [...new Set([...near, ...first])].slice(0, mostOpen) };
};
