const trueWords: ReadonlySet<string> = new Set(['1', 'yes', 'y', 'true', 't', 'on']);
const falseWords: ReadonlySet<string> = new Set(['0', 'no', 'n', 'false', 'f', 'off']);

/** parse_boolean() of systemd (basic/parse-util.c): any case, of ASCII letters only. Undefined for other words. */
export const parseBoolean = (word: string): boolean | undefined => {
  // Some letters outside ASCII, such as the Kelvin sign, have an ASCII letter as their lower case.
  if (word.length > 5 || !/^[01a-z]+$/i.test(word)) return undefined;
  const lower = word.toLowerCase();
  return trueWords.has(lower) ? true : falseWords.has(lower) ? false : undefined;
};
