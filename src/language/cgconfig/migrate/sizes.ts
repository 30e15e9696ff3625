import { readBytes } from '../parameterValue.ts';

/** PAGE_COUNTER_MAX of the kernel in bytes: that much or more is no limit. */
const noLimit = 9223372036854771712n;

/** What a limit of v1 is in v2: -1 lifts it there, the word `max` here. libcgroup keeps all other texts as they are. */
export const limitToMax = (text: string): string => {
  if (text === '-1') return 'max';
  const bytes = readBytes(text);
  return bytes !== undefined && bytes >= noLimit ? 'max' : text;
};

const letters = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** Bytes with the largest letter that loses nothing. */
export const sizeText = (bytes: bigint): string => {
  let size = bytes;
  let letter = 0;
  for (; size > 0n && size % 1024n === 0n && letter < letters.length - 1; letter++) size /= 1024n;
  return `${size}${letters[letter] ?? ''}`;
};

/** A size as systemd reads it: decimal, with a capital letter at most; `infinity` for no limit, undefined for what is none. */
export const systemdSize = (text: string): string | undefined => {
  if (text === 'max') return 'infinity';
  const bytes = readBytes(text);
  if (bytes === undefined) return undefined;
  if (bytes >= noLimit) return 'infinity';
  return /^[1-9]\d*[kmgtpe]$/iu.test(text) ? text.toUpperCase() : String(bytes);
};
