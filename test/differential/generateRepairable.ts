import type { Random } from './random.ts';
import { wordsOf } from './sampleWords.ts';

const ids = wordsOf('0 0 00 1000 1000 root alice "0"');
const modes = wordsOf('770 0775 755');
const comments = ['# nspawn-lint: ignore unknown-controller', '# nspawn-lint: ignore nothing-like-it', '# note', ''];

/** A cgconfig.conf that libcgroup takes, with slips that it puts up with and that a rule has a repair for. */
export const generateRepairableCgconfig = (random: Random): string => {
  const setting = (key: string, values: readonly string[]): string => `${key} = ${random.pick(values)};`;
  const permissions = (block: string, keys: readonly string[]): string =>
    `${block} { ${setting('uid', ids)} ${setting('gid', ids)} ${keys.map((key) => setting(key, modes)).join(' ')} }`;
  const group = (index: number): string =>
    [
      random.pick(comments),
      `group g${index} {`,
      random.onceIn(4) ? '' : `perm { ${permissions('task', ['fperm'])} ${permissions('admin', ['fperm', 'dperm'])} }`,
      `${random.pick(['cpu', 'memory'])} { }`,
      '}',
    ].join('\n');
  return `${Array.from({ length: 1 + random.below(3) }, (_, index) => group(index)).join('\n')}\n`;
};

const users = wordsOf('alice @staff "alice" "@staff" alice:"cp" alice:c"p" "alice":cp a"lic"e * "*"');
const controllers = wordsOf('cpu memory cpu,memory *');
const destinations = wordsOf('users/%u d "d" default/');

/** A cgrules.conf of the same kind. */
export const generateRepairableCgrules = (random: Random): string =>
  random
    .several(1, 4, () => {
      const rule = [random.pick(users), random.pick(controllers), random.pick(destinations)].join(' ');
      return random.onceIn(6) ? random.pick(comments) : rule + random.pick(['', '', '\r']);
    })
    .map((line) => `${line}\n`)
    .join('');
