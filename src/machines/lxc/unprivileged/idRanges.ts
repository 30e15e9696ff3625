import type { HostUser } from '../../unprivilegedSetup.ts';

/** Numbers of users or groups of the host. */
export interface IdRange {
  readonly first: number;
  readonly count: number;
}

/** As many as a system of its own has. */
const wholeSystem = 65_536;

const lines = (text: string): readonly { readonly owner: string; readonly range: IdRange }[] =>
  text.split('\n').flatMap((line) => {
    const [, owner = '', first, count] = /^([^:#\s]+):(\d{1,10}):(\d{1,10})\s*$/u.exec(line) ?? [];
    return owner === '' ? [] : [{ owner, range: { first: Number(first), count: Number(count) } }];
  });

/** The ranges of a user in subuid(5) or subgid(5), which name users or their numbers. */
export const rangesOf = (text: string, { name, uid }: Pick<HostUser, 'name' | 'uid'>): readonly IdRange[] =>
  lines(text).flatMap(({ owner, range }) => (owner === name || owner === String(uid) ? [range] : []));

/** One that is large enough for a container. */
export const wholeRange = (ranges: readonly IdRange[]): IdRange | undefined =>
  ranges.find(({ count }) => count >= wholeSystem);

/** Where ranges begin, as useradd(8) has it. */
export const firstId = 100_000;
/** The one above stands for nobody, which the kernel takes for none at all. */
const lastId = 2 ** 32 - 2;

/**
 * The next one that nobody has, as useradd(8) would give it: behind all others, or where these reach too far, the first one between them.
 * Undefined where there is no room.
 */
export const freeRange = (...texts: readonly string[]): IdRange | undefined => {
  const taken = texts.flatMap(lines).map(({ range }) => range);
  const ends = [firstId, ...taken.map(({ first, count }) => first + count)].sort((one, other) => one - other);
  const isFree = (first: number): boolean =>
    first >= firstId &&
    first + wholeSystem - 1 <= lastId &&
    taken.every((range) => first + wholeSystem <= range.first || first >= range.first + range.count);
  const first = [ends.at(-1) ?? firstId, ...ends].find(isFree);
  return first === undefined ? undefined : { first, count: wholeSystem };
};

/** A line `lxc.idmap = u 0 100000 65536`; `b` is for both. */
export interface IdMap {
  readonly type: 'u' | 'g' | 'b';
  readonly inside: number;
  readonly host: IdRange;
}

export const mapIn = (value: string): IdMap | undefined => {
  const [, type, inside, first, count] = /^([ugb])\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})$/u.exec(value) ?? [];
  if (type !== 'u' && type !== 'g' && type !== 'b') return undefined;
  return { type, inside: Number(inside), host: { first: Number(first), count: Number(count) } };
};

/** Whether newuidmap allows that: all of it in one of the user's ranges, or the user alone. */
export const isAllowed = ({ host }: IdMap, ranges: readonly IdRange[], own: number): boolean =>
  (host.first === own && host.count === 1) ||
  ranges.some(({ first, count }) => host.first >= first && host.first + host.count <= first + count);
