import type { RlimitUnit } from '../../../schema/types.ts';
import type { Context } from '../../context.ts';
import type { Measured } from './decimalPrefix.ts';
import { parseUint64 } from './parseNumber.ts';
import { parseSize } from './parseSize.ts';
import { endlessTime, parseTimeSpan } from './parseTimeSpan.ts';

/** RLIM_INFINITY of Linux, which no number may reach. */
export const unlimited = (1n << 64n) - 1n;
const second = 1_000_000n;

const number = (text: string, context: Context, limit: bigint): Measured => {
  const value = parseUint64(text, context);
  if (typeof value !== 'string' && value <= limit) return { value };
  return { failure: value === 'syntax' ? 'syntax' : 'range', start: 0, end: text.length };
};

const nice = (text: string, context: Context): Measured => {
  const sign = text.charAt(0);
  if (sign !== '+' && sign !== '-') return number(text, context, 40n);
  // A nice value goes from -20 to 19, and the kernel counts it from 40 down to 1.
  const read = number(text.slice(1), context, sign === '+' ? 19n : 20n);
  if (!('value' in read)) return { ...read, end: text.length };
  return { value: sign === '+' ? 20n - read.value : 20n + read.value };
};

/** One side of a limit, in the unit of setrlimit(2): rlimit_parse_one() of systemd (basic/rlimit-util.c). */
export const parseLimit = (text: string, unit: RlimitUnit, context: Context): Measured => {
  if (unit === 'nice') return nice(text, context);
  if (text === 'infinity') return { value: unlimited };
  if (unit === 'count') return number(text, context, unlimited - 1n);
  const read = unit === 'bytes' ? parseSize(text) : parseTimeSpan(text, unit === 'seconds' ? second : 1n);
  if (!('value' in read)) return read;
  if (unit === 'bytes') return read.value < unlimited ? read : { failure: 'range', start: 0, end: text.length };
  if (read.value === endlessTime) return { value: unlimited };
  return unit === 'seconds' ? { value: (read.value + second - 1n) / second } : read;
};
