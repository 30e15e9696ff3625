import { readUnsigned } from './numbers.ts';

const scales: Readonly<Record<string, bigint>> = { '': 1n, KB: 1024n, MB: 1024n ** 2n, GB: 1024n ** 3n };
const page = 4096n;
const usual = 131_072n;

/**
 * How many bytes LXC keeps for a size of the console: a single letter does not count, and what is left is rounded up to a page and
 * to a power of two. Undefined for what it refuses and for nothing at all.
 */
export const consoleBytes = (value: string): bigint | undefined => {
  if (value === 'auto') return usual;
  const [, number = '', unit = ''] = /^(.{0,20}?)([A-Za-z]{0,2})$/su.exec(value) ?? [];
  const bytes = readUnsigned(number.trimEnd(), Number.MAX_SAFE_INTEGER);
  const scale = scales[unit.length < 2 ? '' : unit.toUpperCase()];
  if (bytes === undefined || scale === undefined || bytes === 0n || bytes * scale > 2n ** 62n) return undefined;
  let kept = page;
  while (kept < bytes * scale) kept *= 2n;
  return kept;
};
