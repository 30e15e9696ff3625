import { readNumber } from './numbers.ts';

const scales: Readonly<Record<string, bigint>> = { KB: 1n << 10n, MB: 1n << 20n, GB: 1n << 30n };
const most = 2n ** 63n - 1n;
const page = 4096n;
const usual = 131_072n;

/** The bytes of a size of the console as it is written, of which a single letter does not count; undefined for what LXC refuses. */
export const sizeBytes = (value: string): bigint | undefined => {
  if (value === 'auto') return usual;
  if (value.length > 21) return undefined;
  const [, number = '', unit = ''] = /^(.*?)([A-Za-z]{0,2})$/su.exec(value) ?? [];
  if (unit.length === 2 && !/^[KMG]B$/iu.test(unit)) return undefined;
  const written = number.trimStart().startsWith('-') ? undefined : readNumber(number.trimEnd());
  const bytes = written === undefined ? undefined : written * (scales[unit.toUpperCase()] ?? 1n);
  return bytes === undefined || bytes > most ? undefined : bytes;
};

/** How many bytes LXC keeps for it, rounded up to a page and to a power of two. Undefined for what it refuses and for nothing at all. */
export const consoleBytes = (value: string): bigint | undefined => {
  const bytes = sizeBytes(value);
  if (bytes === undefined || bytes === 0n) return undefined;
  let kept = page;
  while (kept < bytes) kept *= 2n;
  return kept;
};
