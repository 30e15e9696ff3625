/** Why a text is no number: it does not look like one, or it is outside what is taken. */
export type NumberFailure = 'syntax' | 'range';

/** What a number is read under: the version of systemd, and with it about the age of the C library. */
export interface NumberOptions {
  readonly systemdVersion: number;
}

const digitsOf: Readonly<Record<number, RegExp>> = {
  2: /^[01]+$/u,
  8: /^[0-7]+$/u,
  10: /^[0-9]+$/u,
  16: /^[0-9a-fA-F]+$/u,
};
const prefixOf: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };
/** More digits than any number that fits has, in base 2. */
const mostDigits = 70;

interface Integer {
  readonly negative: boolean;
  readonly magnitude: bigint;
}

/** The whole text as one number of strtol(3): blanks, a sign, and with base 0 a prefix that says the base. */
const readInteger = (text: string, base: 0 | 2 | 8 | 10, binaryPrefix: boolean): Integer | NumberFailure => {
  const match = /^[ \t\n\v\f\r]*([+-]?)(.*)$/su.exec(text);
  let digits = match?.[2] ?? '';
  let radix: number = base;
  const prefix = digits.slice(0, 2).toLowerCase();
  if (base === 0) {
    radix = prefix === '0x' ? 16 : prefix === '0b' && binaryPrefix ? 2 : digits.startsWith('0') ? 8 : 10;
    if (radix === 16 || radix === 2) digits = digits.slice(2);
  } else if (base === 2 && prefix === '0b' && binaryPrefix) digits = digits.slice(2);
  if (digitsOf[radix]?.test(digits) !== true) return 'syntax';
  const significant = digits.replace(/^0+(?=.)/u, '');
  if (significant.length > mostDigits) return 'range';
  // BigInt() knows the prefix 0o, but takes digits with a leading zero as decimal ones.
  return { negative: match?.[1] === '-', magnitude: BigInt(`${prefixOf[radix] ?? ''}${significant}`) };
};

/** What nearly every number looks like, and every version reads alike. */
const isPlain = (text: string): boolean => text.length < 10 && /^[1-9][0-9]*$/u.test(text);

/** Since version 246 systemd takes 0b and 0o as well (mangle_base() in basic/parse-util.c). */
const mangleBase = (text: string, systemdVersion: number): { readonly rest: string; readonly base: 0 | 2 | 8 } => {
  const rest = text.replace(/^[ \t\n\r]+/u, '');
  const prefix = systemdVersion < 246 ? '' : rest.slice(0, 2).toLowerCase();
  if (prefix === '0b') return { rest: rest.slice(2), base: 2 };
  if (prefix === '0o') return { rest: rest.slice(2), base: 8 };
  return { rest, base: 0 };
};

/** The C library reads 0b by itself since glibc 2.38, which is about as old as systemd 255; systemd 262 does without that. */
const readsBinary = ({ systemdVersion }: NumberOptions): boolean => systemdVersion >= 255 && systemdVersion < 262;

const two = (power: number): bigint => 1n << BigInt(power);

/** safe_atoi() of systemd: a whole number of 32 bits with sign. */
export const parseInt32 = (text: string, options: NumberOptions): number | NumberFailure => {
  if (isPlain(text)) return Number(text);
  const { rest, base } = mangleBase(text, options.systemdVersion);
  const read = readInteger(rest, base, readsBinary(options));
  if (typeof read === 'string') return read;
  const value = read.negative ? -read.magnitude : read.magnitude;
  return value < -two(31) || value >= two(31) ? 'range' : Number(value);
};

const toUnsigned = (
  text: string,
  base: 0 | 2 | 8 | 10,
  bits: 32 | 64,
  options: NumberOptions,
): bigint | NumberFailure => {
  const read = readInteger(text, base, readsBinary(options));
  if (typeof read === 'string') return read;
  const { negative, magnitude } = read;
  if (magnitude >= two(64)) return 'range';
  if (text.startsWith('-') && (magnitude !== 0n || options.systemdVersion < 246)) return 'range';
  // Behind blanks that systemd does not know, strtoul(3) takes a sign and goes round.
  const value = negative ? BigInt.asUintN(64, -magnitude) : magnitude;
  return value >= two(bits) ? 'range' : value;
};

const parseUnsigned = (text: string, bits: 32 | 64, options: NumberOptions): bigint | NumberFailure => {
  const { rest, base } = mangleBase(text, options.systemdVersion);
  return toUnsigned(rest, base, bits, options);
};

/** safe_atou() of systemd: a whole number of 32 bits; `-0` is one, too, since version 246. */
export const parseUint32 = (text: string, options: NumberOptions): number | NumberFailure => {
  if (isPlain(text)) return Number(text);
  const value = parseUnsigned(text, 32, options);
  return typeof value === 'string' ? value : Number(value);
};

/** safe_atou64() of systemd. */
export const parseUint64 = (text: string, options: NumberOptions): bigint | NumberFailure =>
  isPlain(text) ? BigInt(text) : parseUnsigned(text, 64, options);

const readUid = (text: string, options: NumberOptions): bigint | NumberFailure => {
  if (options.systemdVersion < 246) return parseUnsigned(text, 32, options);
  // Only the very first character is looked at.
  return /^(?:[ \t\n\r+-]|0.)/su.test(text) ? 'syntax' : toUnsigned(text, 10, 32, options);
};

/** parse_uid() of systemd (basic/user-util.c): decimal only, without sign, leading zero or blanks, since version 246. */
export const parseUid = (text: string, options: NumberOptions): number | NumberFailure => {
  const value = readUid(text, options);
  // Both are kept for "no user" by the C library and by the kernel of long ago.
  if (value === 0xffffffffn || value === 0xffffn) return 'range';
  return typeof value === 'string' ? value : Number(value);
};
