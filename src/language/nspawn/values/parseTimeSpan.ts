import { readDecimalPrefix, skipBlanks, type Measured } from './decimalPrefix.ts';

const second = 1_000_000n;
const minute = 60n * second;
const hour = 60n * minute;
const day = 24n * hour;
/** A twelfth of a year of 365.25 days, as USEC_PER_MONTH is. */
const month = 2_629_800n * second;

/** In the order in which systemd looks: the first that fits wins. */
const units: readonly (readonly [name: string, microseconds: bigint])[] = [
  ...['seconds', 'second', 'sec', 's'].map((name) => [name, second] as const),
  ...['minutes', 'minute', 'min'].map((name) => [name, minute] as const),
  ...['months', 'month', 'M'].map((name) => [name, month] as const),
  ...['msec', 'ms'].map((name) => [name, 1000n] as const),
  ['m', minute],
  ...['hours', 'hour', 'hr', 'h'].map((name) => [name, hour] as const),
  ...['days', 'day', 'd'].map((name) => [name, day] as const),
  ...['weeks', 'week', 'w'].map((name) => [name, 7n * day] as const),
  ...['years', 'year', 'y'].map((name) => [name, 31_557_600n * second] as const),
  // The last two are written with a Greek letter and with the micro sign.
  ...['usec', 'us', '\u03BCs', '\u00B5s'].map((name) => [name, 1n] as const),
];

/** USEC_INFINITY of systemd. */
export const endlessTime = (1n << 64n) - 1n;

/** parse_time() of systemd (basic/time-util.c), in microseconds. A number without a unit counts as `defaultUnit` of them. */
export const parseTimeSpan = (text: string, defaultUnit: bigint): Measured => {
  const failed = (failure: 'syntax' | 'range', start: number): Measured => ({ failure, start, end: text.length });
  const { length } = text;
  let at = skipBlanks(text, 0);
  if (text.startsWith('infinity', at)) {
    const rest = at + 'infinity'.length;
    return skipBlanks(text, rest) < length ? failed('syntax', rest) : { value: endlessTime };
  }
  if (at >= length) return failed('syntax', 0);
  let sum = 0n;
  for (; at < length; at = skipBlanks(text, at)) {
    if (text.charAt(at) === '-') return failed('range', at);
    const read = readDecimalPrefix(text, at);
    if (read !== undefined && (read.value === undefined || read.value < 0n || read.value >= 1n << 63n))
      return failed('range', at);
    const whole = read?.value ?? 0n;
    const dot = read?.end ?? at;
    const hasFraction = text.charAt(dot) === '.';
    if (read === undefined && !hasFraction) return failed('syntax', at);
    let end = dot;
    if (hasFraction) for (end++; /^[0-9]/u.test(text.charAt(end));) end++;
    if (hasFraction && end === dot + 1) return failed('syntax', at);
    const unitAt = skipBlanks(text, end);
    const unit = units.find(([name]) => text.startsWith(name, unitAt));
    if (unit === undefined && unitAt === end && end < length) return failed('syntax', end);
    const factor = unit?.[1] ?? defaultUnit;
    if (whole >= endlessTime / factor) return failed('range', at);
    sum += whole * factor;
    let part = factor / 10n;
    for (let digit = dot + 1; digit < end; digit++, part /= 10n) sum += BigInt(text.charAt(digit)) * part;
    if (sum >= endlessTime) return failed('range', 0);
    at = unitAt + (unit?.[0].length ?? 0);
  }
  return { value: sum };
};
