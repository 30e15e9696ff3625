import { valueSets } from '../../src/schema/valueSets.ts';
import type { Random } from './random.ts';
import { wordsOf } from './sampleWords.ts';

const paths = wordsOf(
  '/ /a /srv/data /var/lib/x /a/b/c /usr /a/../b /a/./b //a //a//b/ /a/ . .. a a/b ./a ~/a /proc /sys/fs /dev/null /tmp ' +
    '/run/x /.../x /a..b /- ,',
);
export const interfaces = wordsOf(
  'eth0 br0 wlp3s0 host0 a ab lo all default . .. 1 12 123 0x1 a:b a/b a%b a.b a-b a_b vz-x ve-x abcdefghijklmno ' +
    'abcdefghijklmnop abcdefghijklmnopqrstuvwxyz 1a é -a +a a@b ,',
);
export const zones = [...interfaces, ...wordsOf('web zone1 lan.1 abcdefghijkl abcdefghijklm')];
const bindOptions = [...valueSets.bindOptions.map(({ name }) => name), ...wordsOf('ro rw foo ,')];
const portNumbers = [
  ...wordsOf('1 10 12 012 22 80 8080 65535 65536 0 -1 +80 +0x50 080 0x50 0b1010 http 8o ,'),
  ' 80',
  '80 ',
];
const protocols = [...wordsOf(', , , tcp: udp: TCP: sctp: tcp : tcp::'), 'tcp: '];
const tmpfsOptions = [
  ...wordsOf('size=10% mode=755,size=1G ro foo a:b , uid=08 uid=99999999999 gid=4294967295 nr_inodes=16P'),
  'x y',
];
const prefixes = wordsOf(', , , + - -+ +-');

/** Lengths around what a file name and a path may have. */
const longLengths = [254, 255, 256, 4093, 4094, 4096];

export const path = (random: Random): string =>
  random.onceIn(120) ? `/${'p'.repeat(random.pick(longLengths))}` : random.pick(paths);

const marked = (random: Random): string => random.pick(prefixes) + path(random);

export const bind = (random: Random): string => {
  const options = random.several(1, 3, () => random.pick(bindOptions)).join(random.pick([',', ',', ':', ' ']));
  const source = marked(random);
  const pair = `${source}${random.pick([':', ':', '::'])}${path(random)}`;
  return random.pick([source, pair, `${pair}:${options}`, `${pair}:`, `${source}::${options}`, `${pair}:${options}:x`]);
};

export const tmpfs = (random: Random): string =>
  random.pick([path(random), `${path(random)}:${random.pick(tmpfsOptions)}`, `${path(random)}::`]);

export const inaccessible = (random: Random): string => marked(random) + random.pick(['', '', '', ':', ':/']);

export const overlay = (random: Random): string => random.several(1, 4, () => marked(random)).join(':');

export const pivotRoot = (random: Random): string => {
  const pair = `${path(random)}:${path(random)}`;
  return random.pick([path(random), pair, pair, `${path(random)}:`, `${pair}:${path(random)}`]);
};

export const shell = (random: Random): string => random.pick([path(random), '/bin/bash', 'bash', '/bin/ba sh']);

const pairOf = (random: Random): string => `${random.pick(interfaces)}:${random.pick(interfaces)}`;

/** `tame`: none for which newer versions refuse the file. */
export const interfacePairs = (random: Random, tame: boolean): string => {
  const valid = (): string => random.pick(['eth0', 'eth1:host1', 'a:b', 'wlp3s0']);
  const any = (): string => random.pick([random.pick(interfaces), pairOf(random), `${random.pick(interfaces)}:`]);
  return random.several(0, 3, tame ? valid : any).join(tame ? ' ' : random.pick([' ', '  ', ',', '\t']));
};

export const vethPair = (random: Random): string => {
  const name = random.pick(interfaces);
  return random.pick([name, pairOf(random), pairOf(random), `${name}:`, `:${name}`, `${pairOf(random)}:c`]);
};

export const port = (random: Random): string => {
  const number = (): string => random.pick(portNumbers);
  const pair = `${number()}:${number()}`;
  return random.pick(protocols) + random.pick([number(), number(), pair, pair, `${pair}:${number()}`]);
};
