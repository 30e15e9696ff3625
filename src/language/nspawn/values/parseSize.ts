import { readDecimalPrefix, skipBlanks, type Measured } from './decimalPrefix.ts';

/** Falling, as the parts of a size must be: `1G500M`. What follows no letter counts as the last of them. */
const units: readonly (readonly [name: string, factor: bigint])[] = [
  ...['E', 'P', 'T', 'G', 'M', 'K'].map((name, at) => [name, 1024n ** BigInt(6 - at)] as const),
  ['B', 1n],
  ['', 1n],
];
const largest = (1n << 64n) - 1n;
const around = (value: bigint): bigint => BigInt.asUintN(64, value);

/** parse_size() of systemd with base 1024 (basic/parse-util.c), in bytes. */
export const parseSize = (text: string): Measured => {
  const failed = (failure: 'syntax' | 'range', start: number): Measured => ({ failure, start, end: text.length });
  let sum = 0n;
  let firstUnit = 0;
  let at = 0;
  do {
    at = skipBlanks(text, at);
    const read = readDecimalPrefix(text, at);
    if (read === undefined) return failed('syntax', at);
    if (read.value === undefined || text.charAt(at) === '-') return failed('range', at);
    const whole = around(read.value);
    let { end } = read;
    let fraction = 0;
    if (text.charAt(end) === '.') {
      end++;
      const decimals = /^[0-9]/u.test(text.charAt(end)) ? readDecimalPrefix(text, end) : undefined;
      if (decimals !== undefined) {
        if (decimals.value === undefined) return failed('range', end);
        fraction = Number(decimals.value);
        for (; end < decimals.end; end++) fraction /= 10;
      }
    }
    end = skipBlanks(text, end);
    const from = end;
    const unit = units.findIndex(([name], index) => index >= firstUnit && text.startsWith(name, from));
    const [name, factor] = units[unit] ?? [];
    if (name === undefined || factor === undefined) return failed('syntax', firstUnit === units.length ? at : end);
    // Both may go round at 64 bits, so that a fraction behind the very last number is taken.
    if (around(whole + (fraction > 0 ? 1n : 0n)) > largest / factor) return failed('range', at);
    sum += around(whole * factor + BigInt(Math.trunc(fraction * Number(factor))));
    if (sum > largest) return failed('range', 0);
    at = end + name.length;
    firstUnit = unit + 1;
  } while (at < text.length);
  return { value: sum };
};
