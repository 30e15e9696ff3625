import type { Random } from './random.ts';

/** Characters that mean something somewhere, that are easily taken for one, or that nobody expects. */
const nasty = [
  ...Array.from('"\'\\ \t:;,=~+-/.@%#[]{}()*?!&|<>$_0123456789aAzZxX'),
  ...[
    '\v',
    '\f',
    '\x01',
    '\x1b',
    '\x7f',
    '\u0080',
    '\u00a0',
    'é',
    '\u200b',
    '\u2028',
    '€',
    '中',
    '\ufe0f',
    '😀',
    'İ',
    'ß',
  ],
  ...[
    '  ',
    '\\\\',
    '::',
    ',,',
    '//',
    '..',
    '""',
    "''",
    '\\"',
    "\\'",
    '\\:',
    '\\ ',
    '-1',
    '+1',
    '0x',
    '0b1',
    '0o7',
    '\ufeff',
  ],
];

const changeCase = (letter: string): string =>
  letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();

const otherBase = (number: string, random: Random): string => {
  const value = BigInt(number);
  return random.pick([
    `0x${value.toString(16)}`,
    `0X${value.toString(16).toUpperCase()}`,
    `0b${value.toString(2)}`,
    `0o${value.toString(8)}`,
    `0${value.toString(8)}`,
    `00${number}`,
    `+${number}`,
    `-${number}`,
    ` ${number}`,
    `${number} `,
    `${number}.0`,
    `${number}.5`,
    `${value + 1n}`,
    `${value * 1024n}`,
    `${value << 32n}`,
    `${value << 64n}`,
    '2147483648',
    '4294967295',
    '4294967296',
    '18446744073709551615',
    '18446744073709551616',
  ]);
};

const replaceNumber = (text: string, random: Random): string => {
  const numbers = [...text.matchAll(/\d{1,20}/g)];
  if (numbers.length === 0) return text;
  const number = random.pick(numbers);
  const end = number.index + number[0].length;
  return text.slice(0, number.index) + otherBase(number[0], random) + text.slice(end);
};

/** Makes one small change to a text: the kind that a user makes by mistake, or nobody makes. */
export const mutate = (text: string, random: Random): string => {
  const characters = Array.from(text);
  const at = random.below(characters.length + 1);
  const join = (...parts: (string | string[])[]): string => parts.flat().join('');
  const before = characters.slice(0, at);
  const after = characters.slice(at);
  switch (random.below(14)) {
    case 0:
    case 1:
    case 2:
      return join(before, random.pick(nasty), after);
    case 3:
      return join(before, random.pick(nasty), after.slice(1));
    case 4:
    case 5:
      return join(before, after.slice(1));
    case 6:
      return join(before, after.slice(0, 1), after);
    case 7:
      return join(before, changeCase(after[0] ?? ''), after.slice(1));
    case 8:
      return random.pick([text.toUpperCase(), text.toLowerCase()]);
    case 9:
      return random.pick([`"${text}"`, `'${text}'`, `"${text}`, `${text}'`, join(before, '"', after, '"')]);
    case 10:
    case 11:
      return replaceNumber(text, random);
    case 12:
      return join(random.pick([before, after]));
    default:
      return join(before, after, random.pick([' ', ',', ':', '', '\t', ' # ', ';', '=']), after);
  }
};
