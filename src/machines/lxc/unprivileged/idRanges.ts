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

/** The next one that nobody has, as useradd(8) would give it. */
export const freeRange = (...texts: readonly string[]): IdRange => {
  const ends = texts.flatMap(lines).map(({ range: { first, count } }) => first + count);
  return { first: Math.max(100_000, ...ends), count: wholeSystem };
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
