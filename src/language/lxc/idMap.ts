import { readNumber } from './numbers.ts';

/** A line of an id map: `count` numbers from `inside` on are those of the host from `outside` on. */
export interface IdRange {
  readonly of: 'u' | 'g';
  readonly inside: bigint;
  readonly outside: bigint;
  readonly count: bigint;
}

const most = 2n ** 32n;

/** Undefined for what LXC refuses, and for numbers that no user has. */
export const readIdRange = (value: string): IdRange | undefined => {
  const [of, ...words] = value.split(/[ \t]+/u, 6);
  if ((of !== 'u' && of !== 'g') || words.length !== 3) return undefined;
  const [inside, outside, count] = words.map((word) => (word.startsWith('-') ? undefined : readNumber(word)));
  if (inside === undefined || outside === undefined || count === undefined || count === 0n) return undefined;
  return inside + count > most || outside + count > most ? undefined : { of, inside, outside, count };
};
