import { valueSets } from '../../src/schema/valueSets.ts';
import type { RlimitUnit } from '../../src/schema/types.ts';
import type { Random } from './random.ts';

/** The words of a text; a comma stands for the empty word, since it would get lost. */
export const wordsOf = (text: string): readonly string[] => text.split(' ').map((word) => (word === ',' ? '' : word));

export const booleans = wordsOf('yes no true false on off 1 0 y n t f YES No tRuE oN enable 2 -1 01 ,');
export const numbers = wordsOf(
  '0 1 2 7 010 0x10 65535 65536 524288 2147483647 2147483648 4294967294 4294967295 4294967296',
);
export const hostnames = [
  ...wordsOf('web web1 my-host a.b.c host. .host a..b -a a- a_b 1 127.0.0.1 WEB localhost a.-b xn--a é a/b _ - . .. ,'),
  ...[63, 64, 65].map((length) => 'a'.repeat(length)),
  `${'a'.repeat(30)}.${'b'.repeat(33)}`,
];
export const users = wordsOf(
  'root lennart user1 _apt www-data 0 1000 65534 65535 4294967295 -a a- a.b a:b a$ user name é A aB 1a .a ..',
);
export const architectures = [
  ...valueSets.architectures,
  ...wordsOf('x86 x86-64 X86-64 amd64 x86_64 i686 arm64 aarch64 native ,'),
];

const limits = wordsOf('infinity Infinity INFINITY , -1 +1 x +20 -20 19 20 40 41');
const sizeSuffixes = [...valueSets.sizeUnits, ...wordsOf(', k KB KiB m Z')];
const timeUnits = [...Object.values(valueSets.timeUnits).flat(), '', 'x'];
const nices = wordsOf('0 1 5 19 20 21 40 41 010');
const noCapabilities = wordsOf('all ALL All CAP_ALL cap_foo CAP_ ~CAP_CHOWN ~ none ,');
const capabilityNumbers = wordsOf('0 1 12 40 41 62 63 64 -1 0x1 010 4294967295 +1');
const noSyscalls = wordsOf('foo @foo @ ~open open:EPERM @mount:kill open: OPEN @Mount , 1 2 @known @privileged');
const signalNumbers = wordsOf('0 1 9 15 31 32 33 34 63 64 65 128 -1 +9 09 0x9 , SIG SIGSIGTERM SIG9 SIGFOO');
const realTimeNumbers = [...wordsOf(', 3 29 30 31 +1 -1'), ' 3', ...numbers];
const cpuNumbers = wordsOf('0 1 2 7 15 63 1023 8191 8192 65535 4294967295 -1 x 01 0x1 ,');
const environmentNames = [...wordsOf('A PATH LANG _a a1 1a a-b a.b é ,'), 'A ', 'A\x01'];
const environmentValues = [...wordsOf(", b C.UTF-8 'x' \\n $HOME %n é \x01 a=b"), 'a b', '"x y"'];
const parameters = [...wordsOf('/bin/sh -c echo a"b \\ \\" " \' "" é $x %i # ;'), '"a b"', "'a b'", 'a"b c"d'];
const userRanges = wordsOf(
  '524288:65536 0:1 1:65536 4294901760:65536 4294967295:1 65536: :65536 65536:0 65536:65536:1 root:1 pick:65536 -1:2 ' +
    '65534:2 0x80000:0x10000 pick Pick identity IDENTITY managed self auto',
);
const families = wordsOf('AF_FOO af_inet INET 2 "AF_INET" ~AF_INET');
const hexDigits = wordsOf('0 1 2 3 4 5 6 7 8 9 a b c d e f A B C D E F');

const blank = (random: Random): string => random.pick(['', '', ' ']);

const size = (random: Random): string =>
  random.pick(numbers) + random.pick(['', '', '.5', '.', '. 5']) + blank(random) + random.pick(sizeSuffixes);

const time = (random: Random): string =>
  random
    .several(
      1,
      3,
      () => random.pick(numbers) + random.pick(['', '', '.5', '.']) + blank(random) + random.pick(timeUnits),
    )
    .join(random.pick([' ', '']));

const limitOf = (unit: RlimitUnit, random: Random): string => {
  if (random.onceIn(6)) return random.pick(limits);
  switch (unit) {
    case 'bytes':
      return size(random);
    case 'seconds':
    case 'microseconds':
      return time(random);
    case 'nice':
      return random.pick(['+', '-', '']) + random.pick(nices);
    case 'count':
      return random.pick([...numbers, size(random)]);
  }
};

export const limit = (unit: RlimitUnit, random: Random): string => {
  const one = (): string => limitOf(unit, random);
  const pair = `${one()}:${one()}`;
  return random.pick([one(), one(), pair, pair, `${one()}:`, `:${one()}`, `${pair}:${one()}`]);
};

const listed = (random: Random, most: number, word: () => string): string =>
  random.several(1, most, word).join(random.pick([' ', ' ', '  ', '\t', ',']));

export const capabilities = (random: Random): string =>
  listed(random, 4, () => {
    const { name } = random.pick(valueSets.capabilities);
    const others = [random.pick(noCapabilities), random.pick(capabilityNumbers)];
    return random.pick([name, name.toLowerCase(), name.replace(/^CAP_/, ''), ...others]);
  });

export const syscalls = (random: Random): string =>
  random.pick(['', '', '', '~', '~ ', '~~']) +
  listed(random, 4, () =>
    random.pick([random.pick(valueSets.syscalls), random.pick(valueSets.syscallGroups).name, random.pick(noSyscalls)]),
  );

export const signal = (random: Random): string => {
  const { name } = random.pick(valueSets.signals);
  const realTime = random.pick(['RTMIN', 'RTMAX']) + random.pick(['', '+', '-']) + random.pick(realTimeNumbers);
  const names = [name, name.replace(/^SIG/, ''), name.toLowerCase(), realTime, `SIG${realTime}`];
  return random.pick([...names, random.pick(signalNumbers)]);
};

const cpuRange = (random: Random): string => {
  const one = (): string => random.pick(cpuNumbers);
  return random.pick([one(), one(), `${one()}-${one()}`, `${one()} - ${one()}`, `${one()}-${one()}-${one()}`]);
};

/** `tame`: none for which older versions refuse the file. */
export const cpus = (random: Random, tame: boolean): string =>
  random
    .several(1, 3, () => (tame ? random.pick(['0', '1', '2-3', '0-7', '"1"', '5']) : cpuRange(random)))
    .join(random.pick([' ', ',', ', ', ' , ', ',,']));

export const assignments = (random: Random): string =>
  listed(random, 4, () => {
    const value = random.pick(environmentValues);
    const one = random.pick(environmentNames) + random.pick(['=', '=', '=', '', '==']) + value;
    return random.pick([one, one, `"${one}"`, `'${one}'`, `"${one}`]);
  });

export const commandWords = (random: Random): string =>
  random.several(0, 4, () => random.pick(parameters)).join(random.pick([' ', '  ', '\t']));

export const id128 = (random: Random): string => {
  const hex = (length: number): string => random.several(length, length, () => random.pick(hexDigits)).join('');
  const uuid = [8, 4, 4, 4, 12].map(hex).join('-');
  const zero = '0'.repeat(32);
  const wrong = [
    hex(31),
    hex(33),
    `{${uuid}}`,
    uuid.replaceAll('-', ':'),
    `${hex(16)}-${hex(16)}`,
    'uninitialized',
    '',
  ];
  return random.pick([hex(32), hex(32), uuid, uuid, zero, uuid.replaceAll(/[^-]/g, '0'), random.pick(wrong)]);
};

export const privateUsers = (random: Random): string =>
  random.pick([
    random.pick(booleans),
    random.pick(userRanges),
    random.pick(numbers),
    `${random.pick(numbers)}:${random.pick(numbers)}`,
    '65536: 65536',
  ]);

export const addressFamilies = (random: Random): string => {
  const words = listed(random, 3, () => random.pick([...valueSets.addressFamilies, ...families]));
  return random.pick(['none', 'None', '~', '~none', '', words, words, `~${words}`, `~${words}`, `~~${words}`]);
};
