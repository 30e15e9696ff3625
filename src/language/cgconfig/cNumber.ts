/** What atoi() makes of it: a long that goes no further than its ends, cut to an int; 0 where it begins with no number. */
export const cNumber = (value: string): number => {
  const [, sign = '', digits = '0'] = /^[ \t\n\v\f\r]*([+-]?)(\d+)/u.exec(value) ?? [];
  const number = BigInt(digits);
  const long =
    sign === '-' ? (number > 2n ** 63n ? -(2n ** 63n) : -number) : number < 2n ** 63n ? number : 2n ** 63n - 1n;
  return Number(BigInt.asIntN(32, long));
};
