import { mutate } from './mutate.ts';
import type { Random } from './random.ts';
import { wordsOf } from './sampleWords.ts';

const keys = [...wordsOf('root alice @staff * alice:/bin/sh @staff:cp* *:ftp % %:cp 1000 @1000 ,'), '"alice:my app"'];
const controllers = wordsOf('* cpu memory cpu,memory cpu,,memory , cpu, 1');
const destinations = [...wordsOf('users/%u default/ / %g/%p \\%u a.b'), '"two words"', 'a"b'];
const options = wordsOf('ignore ignore_rt ignore,ignore_rt ignore, foo');
const blanks = ['\t', ' ', ' ', '\t\t', '  '];
const comments = ['# note', '#', '  # indented', '#"', '', '   ', '\t'];

const rule = (random: Random): string => {
  const odd = random.onceIn(12);
  const fields = [random.pick(keys.slice(0, odd ? 99 : 6)), random.pick(controllers.slice(0, odd ? 99 : 4))];
  fields.push(random.pick(destinations.slice(0, odd ? 99 : 5)));
  if (random.onceIn(6)) fields.push(random.pick(options.slice(0, odd ? 99 : 1)));
  if (random.onceIn(25)) fields.push('more');
  if (random.onceIn(25)) fields.splice(random.below(fields.length), 1);
  const end = random.onceIn(15) ? random.pick([' ', '\t', ' # why', '# why', '\r', '#']) : '';
  return (random.onceIn(10) ? ' ' : '') + fields.join(random.pick(blanks)) + end;
};

/** A whole cgrules.conf. */
export const generateCgrules = (random: Random): string => {
  const lines = random.several(0, 5, () => (random.onceIn(5) ? random.pick(comments) : rule(random)));
  const text = lines.map((line) => `${line}\n`).join('');
  const whole = random.onceIn(10) ? text.trimEnd() : text;
  return random.onceIn(10) ? mutate(whole, random).replace(/(?![\udc80-\udcff])\p{Cs}/gu, '') : whole;
};
