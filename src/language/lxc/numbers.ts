/** White space as strtoul() skips it. */
const form = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/u;

/** More digits than any number that LXC takes; what is longer would only take time. */
const longest = 200;

/**
 * A number as strtol() reads it with base 0: `010` is 8, `0x10` is 16, and nothing may stand behind it; undefined for what is
 * none. Since glibc 2.38 it reads `0b1`, too.
 */
export const readNumber = (text: string): bigint | undefined => {
  const [, sign, digits = ''] = text.length > longest ? [] : (form.exec(text) ?? []);
  if (sign === undefined) return undefined;
  const number = BigInt(/^0[0-7]+$/u.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -number : number;
};

/** The same for lxc_safe_uint(), which takes no sign but plus. */
export const readUnsigned = (text: string, most: number): bigint | undefined => {
  const number = text.trimStart().startsWith('-') ? undefined : readNumber(text);
  return number === undefined || number > BigInt(most) ? undefined : number;
};

export const readSigned = (text: string): bigint | undefined => {
  const number = readNumber(text);
  return number === undefined || number > 2_147_483_647n || number < -2_147_483_648n ? undefined : number;
};
