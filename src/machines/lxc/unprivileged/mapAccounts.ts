import type { IdRange } from './idRanges.ts';
import { type IdMap, isAllowed, mapIn, rangesOf } from './idRanges.ts';
import { addRange } from './remedies.ts';
import type { AccountMapping, MappedAccounts, MappedRange, WantedId } from '../../unprivilegedSetup.ts';

const upTo = ({ inside, host: { first, count } }: IdMap, type: IdMap['type'], skip: number, size: number): IdMap => ({
  type,
  inside: inside + skip,
  host: { first: first + skip, count: Math.min(size, count - skip) },
});

/** The range without one of its numbers, counted from 0. */
const without = (map: IdMap, at: number): readonly IdMap[] =>
  at < 0 || at >= map.host.count
    ? [map]
    : [upTo(map, map.type, 0, at), upTo(map, map.type, at + 1, map.host.count)].filter(({ host }) => host.count > 0);

const isBehind = (one: IdMap, next: IdMap): boolean =>
  one.inside + one.host.count === next.inside && one.host.first + one.host.count === next.host.first;

/**
 * The ranges of one kind with one number of the container as one of the host. Neither stands in another range any more: the kernel takes no map
 * in which one does twice. What follows on one another becomes one range.
 */
export const mapOne = (maps: readonly IdMap[], { of, inside, outside }: WantedId): readonly IdMap[] => {
  const others = maps
    .flatMap((map) => without(map, inside - map.inside))
    .flatMap((map) => without(map, outside - map.host.first));
  const all: readonly IdMap[] = [...others, { type: of, inside, host: { first: outside, count: 1 } }];
  const merged: IdMap[] = [];
  for (const map of [...all].sort((one, other) => one.inside - other.inside)) {
    const last = merged.at(-1);
    if (last !== undefined && isBehind(last, map))
      merged.splice(-1, 1, { ...last, host: { first: last.host.first, count: last.host.count + map.host.count } });
    else merged.push(map);
  }
  return merged;
};

/** A line of an id map; of one with quotes what stands in them. */
const valueOf = (line: string): string | undefined => {
  const value = /^[ \t]*lxc\.idmap[ \t]*=[ \t]*(.*?)[ \t]*$/u.exec(line)?.[1];
  return value === undefined ? undefined : (/^(["'])(.*)\1$/u.exec(value)?.[2] ?? value);
};

/** The most that LXC's number can say: the one above stands for nobody. */
const lastId = 2 ** 32 - 2;

const fits = ({ inside, host: { first, count } }: IdMap): boolean =>
  count > 0 && inside + count - 1 <= lastId && first + count - 1 <= lastId;

const lineOf = ({ type, inside, host: { first, count } }: IdMap): string =>
  `lxc.idmap = ${type} ${inside} ${first} ${count}`;

interface WrittenMaps {
  readonly lines: readonly string[];
  /** By the number of its line, from 0; those that a later empty value clears are not among them. */
  readonly maps: ReadonlyMap<number, IdMap>;
}

const readMaps = (text: string): WrittenMaps | 'none' | 'unreadable' => {
  const lines = text.split('\n');
  const maps = new Map<number, IdMap>();
  for (const [index, line] of lines.entries()) {
    const value = valueOf(line.replace(/\r$/u, ''));
    if (value === undefined) continue;
    if (value === '') {
      maps.clear();
      continue;
    }
    const map = mapIn(value);
    if (map === undefined || map.type === 'b' || !fits(map)) return 'unreadable';
    maps.set(index, map);
  }
  return maps.size === 0 ? 'none' : { lines, maps };
};

/** Without lines of an id map of its own, behind which those of included files are cleared and the whole map follows. */
const overIncluded = (text: string, after: readonly IdMap[]): string => {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const kept = text.split('\n').filter((line) => valueOf(line.replace(/\r$/u, '')) === undefined);
  const before = kept.join('\n');
  const added = ['lxc.idmap =', ...after.map(lineOf)].map((line) => `${line}${end}`).join('');
  return `${before}${before === '' || before.endsWith('\n') ? '' : end}${added}`;
};

/** The ranges of values as they stand in files; undefined where one is none that people write. */
const rangesIn = (values: readonly string[]): readonly IdMap[] | undefined => {
  const maps = values.map(mapIn);
  const known = maps.flatMap((map) => (map === undefined || map.type === 'b' || !fits(map) ? [] : [map]));
  return known.length === maps.length ? known : undefined;
};

const rangeOf = ({ type, inside, host: { first, count } }: IdMap): MappedRange => ({
  of: type === 'g' ? 'g' : 'u',
  inside,
  outside: first,
  count,
});

/** Ranges of the host that follow on one another are asked for as one. */
const joined = (ranges: readonly IdRange[]): readonly IdRange[] => {
  const all: IdRange[] = [];
  for (const range of [...ranges].sort((one, other) => one.first - other.first)) {
    const last = all.at(-1);
    if (last !== undefined && range.first <= last.first + last.count)
      all.splice(-1, 1, {
        first: last.first,
        count: Math.max(last.count, range.first + range.count - last.first),
      });
    else all.push(range);
  }
  return all;
};

interface ChangedKind {
  readonly of: 'u' | 'g';
  readonly isChanged: boolean;
  readonly after: readonly IdMap[];
}

/** The text with the new lines of each kind where the first of its own stood, or behind all others. */
const inPlace = ({ lines, maps }: WrittenMaps, kinds: readonly ChangedKind[]): string => {
  const places = [...maps.keys()];
  const placeOf = (of: 'u' | 'g'): number | undefined =>
    places.find((place) => maps.get(place)?.type === of) ?? places.at(-1);
  const newLines = lines.flatMap((line, index) => {
    const end = line.endsWith('\r') ? '\r' : '';
    const here = kinds.filter(({ of, isChanged }) => isChanged && placeOf(of) === index);
    const isReplaced = kinds.some(({ of, isChanged }) => isChanged && of === maps.get(index)?.type);
    return [...(isReplaced ? [] : [line]), ...here.flatMap(({ after }) => after.map((map) => `${lineOf(map)}${end}`))];
  });
  return newLines.join('\n');
};

/** A configuration in which numbers of the container are these of the host, and what has to be allowed for it. */
export const mapAccounts = ({
  text,
  counting,
  wanted,
  user,
  subuid,
  subgid,
}: AccountMapping): MappedAccounts | 'none' | 'unreadable' => {
  const written = counting === undefined ? readMaps(text) : rangesIn(counting);
  if (written === undefined) return 'unreadable';
  if (typeof written === 'string') return written;
  const isOwn = 'maps' in written;
  const before = isOwn ? [...written.maps.values()] : written;
  const kinds = (['u', 'g'] as const).map((of) => {
    const mine = before.filter(({ type }) => type === of);
    const asked = wanted.filter((one) => one.of === of);
    return { of, isChanged: asked.length > 0, after: asked.reduce<readonly IdMap[]>(mapOne, mine) };
  });
  const missing = kinds.flatMap(({ of, after }) => {
    const ranges = rangesOf(of === 'u' ? subuid : subgid, user);
    const own = of === 'u' ? user.uid : user.gid;
    return joined(after.filter((map) => !isAllowed(map, ranges, own)).map(({ host }) => host)).map((range) => ({
      path: of === 'u' ? '/etc/subuid' : '/etc/subgid',
      line: `${user.name}:${range.first}:${range.count}`,
      remedy: addRange(of === 'u' ? 'uids' : 'gids', user, range),
    }));
  });
  return {
    text: isOwn
      ? inPlace(written, kinds)
      : overIncluded(
          text,
          kinds.flatMap(({ after }) => after),
        ),
    ranges: kinds.flatMap(({ after }) => after.map(rangeOf)),
    // What the numbers were: files of the root file system still belong to these.
    moved: wanted.flatMap(({ of, inside, outside }) => {
      const map = before.find((one) => one.type === of && inside >= one.inside && inside < one.inside + one.host.count);
      const from = map === undefined ? undefined : map.host.first + inside - map.inside;
      return from === undefined || from === outside ? [] : [{ of, inside, from, to: outside }];
    }),
    missing,
  };
};
