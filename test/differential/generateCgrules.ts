import { mutate } from './mutate.ts';
import type { Random } from './random.ts';
import { wordsOf } from './sampleWords.ts';

const keys = [
  ...wordsOf('root alice @staff * alice:/bin/sh @staff:cp* *:ftp % %:cp 1000 @1000'),
  '"alice:my app"',
  '@',
  ':',
  '@:x',
  '%a',
  '%:',
  '*"":',
  'a:"b"c:',
  '""',
  '1000:x',
];
const controllers = wordsOf('* cpu memory cpu,memory cpu,,memory , cpu, 1');
const destinations = [...wordsOf('users/%u default/ / %g/%p \\%u a.b'), '"two words"', 'a"b'];
const options = [...wordsOf('ignore ignore_rt ignore,ignore_rt ignore, foo'), '"x"', 'foo"'];
const blanks = ['\t', ' ', ' ', '\t\t', '  '];
const comments = ['# note', '#', '  # indented', '#"', '', '   ', '\t'];

/** What ends at the edge of a buffer: a line, a destination, or options below those of another rule. */
const edge = (random: Random): string => {
  const line = random.pick([8550, 8551, 8552, 9000, 17_102, 17_103]);
  const word = random.pick([4094, 4095, 4096, 4200]);
  const short = random.pick([99, 100, 120]);
  switch (random.below(4)) {
    case 0:
      return `#${random.pick(['a', ' ', 'é']).repeat(line)}`.slice(0, line);
    case 1:
      return `alice cpu${' '.repeat(line - 10)}${random.pick(['d', 'd ignore', 'dd'])}`;
    case 2:
      return `alice cpu ${'y'.repeat(word)}${random.pick(['', ' ignore', ' foo'])}`;
    default:
      return `${random.pick(['bob cpu d ignore\n', 'bob cpu d\n', '1000 cpu d foo\n'])}alice cpu d ${'o'.repeat(short)}`;
  }
};

/** A NUL, which ends the string that libcgroup has read. */
const withNul = (line: string, random: Random): string => {
  const at = random.below(line.length + 1);
  return `${line.slice(0, at)}\0${line.slice(at)}`;
};

const rule = (random: Random): string => {
  const odd = random.onceIn(12);
  const fields = [random.pick(keys.slice(0, odd ? 99 : 6)), random.pick(controllers.slice(0, odd ? 99 : 4))];
  fields.push(random.pick(destinations.slice(0, odd ? 99 : 5)));
  if (random.onceIn(6)) fields.push(random.pick(options.slice(0, odd ? 99 : 1)));
  if (random.onceIn(25)) fields.push('more');
  if (random.onceIn(25)) fields.splice(random.below(fields.length), 1);
  const end = random.onceIn(15) ? random.pick([' ', '\t', ' # why', '# why', '\r', '#']) : '';
  const line = (random.onceIn(10) ? ' ' : '') + fields.join(random.pick(blanks)) + end;
  return random.onceIn(60) ? withNul(line, random) : line;
};

/** A whole cgrules.conf. */
export const generateCgrules = (random: Random): string => {
  const lines = random.several(0, 5, () =>
    random.onceIn(60) ? edge(random) : random.onceIn(5) ? random.pick(comments) : rule(random),
  );
  const text = lines.map((line) => `${line}\n`).join('');
  const whole = random.onceIn(10) ? text.trimEnd() : text;
  return random.onceIn(10) ? mutate(whole, random).replace(/(?![\udc80-\udcff])\p{Cs}/gu, '') : whole;
};
