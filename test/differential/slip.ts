import { nspawnSchema } from '../../src/schema/nspawnSchema.ts';
import type { Random } from './random.ts';

/** What people write instead of a word, and a repair takes back. */
const misspell = (word: string, random: Random): string => {
  const at = random.below(word.length);
  switch (random.below(5)) {
    case 0:
      return word.toUpperCase();
    case 1:
      return word.toLowerCase();
    case 2:
      return word.slice(0, at) + word.slice(at + 1);
    case 3:
      return word.slice(0, at) + word.charAt(at) + word.slice(at);
    default:
      return ` ${word}`;
  }
};

const slipInLine = (line: string, random: Random): string => {
  const header = /^\[(\w+)\](\s*)$/u.exec(line);
  if (header !== null) {
    const [, name = '', end = ''] = header;
    return `[${random.onceIn(2) ? random.pick(nspawnSchema.sections) : misspell(name, random)}]${end}`;
  }
  const assignment = /^(\w+)=(.*?)(\s*)$/su.exec(line);
  if (assignment === null) return line;
  const [, key = '', value = '', end = ''] = assignment;
  switch (random.below(5)) {
    case 0:
      return `${key}="${value}"${end}`;
    case 1:
      return `${key}=${value}${random.pick([';', ' # why', ','])}${end}`;
    case 2:
      return `${key}=${random.pick([value.toUpperCase(), value.toLowerCase(), value.replaceAll(' ', ',')])}${end}`;
    default:
      return `${misspell(key, random)}=${value}${end}`;
  }
};

/** The same `.nspawn` file with slips of the kind that leave a line out, and that one sure repair makes count. */
export const slip = (text: string, random: Random): string =>
  text
    .split(/(?<=\n)/u)
    .map((line) => (random.onceIn(4) ? slipInLine(line, random) : line))
    .join('');
