export interface DecimalPrefix {
  /** Negative numbers too; undefined when it has more digits than 64 bits can hold. */
  readonly value: bigint | undefined;
  /** Behind the last digit. */
  readonly end: number;
}

/** The decimal number at that place of a text, with blanks and a sign before it, as strtoll(3) finds it. */
export const readDecimalPrefix = (text: string, at: number): DecimalPrefix | undefined => {
  const pattern = /[ \t\n\v\f\r]*([+-]?)0*([0-9]*)/uy;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const end = pattern.lastIndex;
  const digits = match?.[2] ?? '';
  if (match === null || !/[0-9]/u.test(text.charAt(end - 1)) || end === at) return undefined;
  if (digits.length > 20) return { value: undefined, end };
  const magnitude = BigInt(digits === '' ? '0' : digits);
  if (magnitude >= 1n << 64n) return { value: undefined, end };
  return { value: match[1] === '-' ? -magnitude : magnitude, end };
};

/** Behind the blanks of systemd at that place. */
export const skipBlanks = (text: string, at: number): number => {
  let next = at;
  while (next < text.length && ' \t\n\r'.includes(text.charAt(next))) next++;
  return next;
};

/** What was read, or at which place it went wrong. */
export type Measured =
  { readonly value: bigint } | { readonly failure: 'syntax' | 'range'; readonly start: number; readonly end: number };
