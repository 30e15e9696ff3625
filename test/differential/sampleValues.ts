import { nspawnSchema } from '../../src/schema/nspawnSchema.ts';
import type { ValueKindName, ValueType } from '../../src/schema/types.ts';
import { valueSets } from '../../src/schema/valueSets.ts';
import type { Random } from './random.ts';

const booleans = 'yes no true false on off 1 0 y n t f YES No tRuE oN enable 2 -1 01'.split(' ');
const numbers = '0 1 2 7 010 0x10 65535 65536 524288 2147483647 2147483648 4294967294 4294967295 4294967296'.split(' ');
const paths = (
  '/ /a /srv/data /var/lib/x /a/b/c /usr /a/../b /a/./b //a //a//b/ /a/ . .. a a/b ./a ~/a /proc /sys/fs /dev/null /tmp /run/x ' +
  '/.../x /a..b /-'
).split(' ');
const interfaces = (
  'eth0 br0 wlp3s0 host0 a ab lo all default . .. 1 12 123 0x1 a:b a/b a%b a.b a-b a_b vz-x ve-x abcdefghijklmno abcdefghijklmnop ' +
  'abcdefghijklmnopqrstuvwxyz 1a é -a +a a@b'
).split(' ');
const hostnames =
  'web web1 my-host a.b.c host. .host a..b -a a- a_b 1 127.0.0.1 WEB localhost a.-b xn--a é a/b _ - . ..'.split(' ');
const users =
  'root lennart user1 _apt www-data 0 1000 65534 65535 4294967295 -a a- a.b a:b a$ user name é A aB 1a .a ..'.split(
    ' ',
  );
const hexDigits = Array.from('0123456789abcdefABCDEF');
const names = 'a web zone1 lan.1 a-b a_b abcdefghijkl abcdefghijklm a/b a:b é'.split(' ');
const timeUnits = Object.values(valueSets.timeUnits).flat();

const path = (random: Random): string =>
  random.onceIn(120) ? `/${'p'.repeat(random.pick([254, 255, 256, 4093, 4094, 4096]))}` : random.pick(paths);

const bindOptions = (random: Random): string =>
  random
    .several(1, 3, () => random.pick([...valueSets.bindOptions.map(({ name }) => name), 'ro', 'rw', 'foo', '']))
    .join(random.pick([',', ',', ':', ' ']));

const binds = (random: Random): string => {
  const source = random.pick(['', '', '', '+', '-', '-+', '+-']) + random.pick([path(random), path(random), '']);
  const target = `${random.pick(['', '', ':'])}:${random.pick([path(random), path(random), ''])}`;
  const options = `:${random.pick([bindOptions(random), bindOptions(random), ''])}`;
  return random.pick([source, source + target, source + target + options, `${source}${target}${options}:x`]);
};

const size = (random: Random): string =>
  random.pick(numbers) +
  random.pick(['', '', '.5', '.', '. 5']) +
  random.pick(['', ' ']) +
  random.pick([...valueSets.sizeUnits, '', 'k', 'KB', 'KiB', 'm', 'Z']);

const time = (random: Random): string =>
  random
    .several(
      1,
      3,
      () =>
        random.pick(numbers) +
        random.pick(['', '', '.5', '.']) +
        random.pick(['', ' ']) +
        random.pick([...timeUnits, '', 'x']),
    )
    .join(random.pick([' ', '', ' ']));

const limit = (type: Extract<ValueType, { readonly kind: 'rlimit' }>, random: Random): string => {
  const one = (): string => {
    if (random.onceIn(6))
      return random.pick([
        'infinity',
        'Infinity',
        'INFINITY',
        '',
        '-1',
        '+1',
        ' ',
        'x',
        '+20',
        '-20',
        '19',
        '20',
        '40',
        '41',
      ]);
    switch (type.unit) {
      case 'bytes':
        return size(random);
      case 'seconds':
      case 'microseconds':
        return time(random);
      case 'nice':
        return random.pick(['+', '-', '']) + random.pick(['0', '1', '5', '19', '20', '21', '40', '41', '010']);
      case 'count':
        return random.pick([...numbers, size(random)]);
    }
  };
  return random.pick([
    one(),
    one(),
    `${one()}:${one()}`,
    `${one()}:${one()}`,
    `${one()}:`,
    `:${one()}`,
    `${one()}:${one()}:${one()}`,
  ]);
};

const capabilities = (random: Random): string =>
  random
    .several(1, 4, () =>
      random.pick([
        random.pick(valueSets.capabilities).name,
        random.pick(valueSets.capabilities).name.toLowerCase(),
        random.pick(valueSets.capabilities).name.replace(/^CAP_/, ''),
        random.pick(['all', 'ALL', 'All', 'CAP_ALL', 'cap_foo', 'CAP_', '~CAP_CHOWN', '~', 'none', '']),
        random.pick(['0', '1', '12', '40', '41', '62', '63', '64', '-1', '0x1', '010', '4294967295', '+1']),
      ]),
    )
    .join(random.pick([' ', ' ', '  ', '\t', ',']));

const syscalls = (random: Random): string =>
  random.pick(['', '', '', '~', '~ ', '~~']) +
  random
    .several(1, 4, () =>
      random.pick([
        random.pick(valueSets.syscalls),
        random.pick(valueSets.syscallGroups).name,
        random.pick([
          'foo',
          '@foo',
          '@',
          '~open',
          'open:EPERM',
          '@mount:kill',
          'open:',
          'OPEN',
          '@Mount',
          '',
          '1',
          '2',
          '@known',
          '@privileged',
        ]),
      ]),
    )
    .join(random.pick([' ', ' ', '  ', '\t', ',']));

const signals = (random: Random): string =>
  random.pick([
    random.pick(valueSets.signals).name,
    random.pick(valueSets.signals).name.replace(/^SIG/, ''),
    random.pick(valueSets.signals).name.toLowerCase(),
    `${random.pick(['SIG', ''])}RTMIN${random.pick(['', '+', '-'])}${random.pick(['', ...numbers, '3', '29', '30', '31', '+1', '-1', ' 3'])}`,
    `${random.pick(['SIG', ''])}RTMAX${random.pick(['', '-', '+'])}${random.pick(['', ...numbers, '3', '29', '30', '31', '+1', '-1', ' 3'])}`,
    random.pick([
      '0',
      '1',
      '9',
      '15',
      '31',
      '32',
      '33',
      '34',
      '63',
      '64',
      '65',
      '128',
      '-1',
      '+9',
      '09',
      '0x9',
      '',
      'SIG',
      'SIGSIGTERM',
      'SIG9',
      'SIGFOO',
    ]),
  ]);

const rangeOf = (random: Random): string => {
  const one = (): string =>
    random.pick([
      '0',
      '1',
      '2',
      '7',
      '15',
      '63',
      '1023',
      '8191',
      '8192',
      '65535',
      '4294967295',
      '-1',
      'x',
      '01',
      '0x1',
      '',
    ]);
  return random.pick([one(), one(), `${one()}-${one()}`, `${one()} - ${one()}`, `${one()}-${one()}-${one()}`]);
};

const cpus = (random: Random, tame: boolean): string => {
  const items = tame
    ? random.several(1, 3, () => random.pick(['0', '1', '2-3', '0-7', '"1"', '5']))
    : random.several(1, 3, () => rangeOf(random));
  return items.join(random.pick([' ', ',', ', ', ' , ', ',,']));
};

const ports = (random: Random): string => {
  const number = (): string =>
    random.pick([
      '1',
      '22',
      '80',
      '8080',
      '65535',
      '65536',
      '0',
      '-1',
      '+80',
      '080',
      '0x50',
      '',
      ' 80',
      '80 ',
      'http',
      '8o',
    ]);
  return (
    random.pick(['', 'tcp:', 'udp:', 'TCP:', 'sctp:', 'tcp', ':', 'tcp::', 'tcp: ']) +
    random.pick([number(), `${number()}:${number()}`, `${number()}:${number()}:${number()}`])
  );
};

const interfacePairs = (random: Random, tame: boolean): string =>
  tame
    ? random.several(0, 3, () => random.pick(['eth0', 'eth1:host1', 'a:b', 'wlp3s0'])).join(' ')
    : random
        .several(1, 3, () =>
          random.pick([
            random.pick(interfaces),
            `${random.pick(interfaces)}:${random.pick(interfaces)}`,
            `${random.pick(interfaces)}:`,
            ':',
            '',
          ]),
        )
        .join(random.pick([' ', '  ', ',', '\t']));

const assignments = (random: Random): string =>
  random
    .several(1, 4, () => {
      const assignment = `${random.pick(['A', 'PATH', 'LANG', '_a', 'a1', '1a', 'a-b', 'a.b', 'é', '', 'A ', 'A\x01'])}${random.pick(['=', '=', '=', '', '=='])}${random.pick(['', 'b', 'C.UTF-8', 'a b', '"x y"', "'x'", '\\n', '$HOME', '%n', 'é', '\x01', 'a=b'])}`;
      return random.pick([assignment, assignment, `"${assignment}"`, `'${assignment}'`, `"${assignment}`]);
    })
    .join(random.pick([' ', '  ', '\t']));

const words = (random: Random): string =>
  random
    .several(0, 4, () =>
      random.pick([
        '/bin/sh',
        '-c',
        'echo',
        '"a b"',
        "'a b'",
        'a"b c"d',
        '\\',
        '\\"',
        '"',
        "'",
        '""',
        'é',
        '$x',
        '%i',
        '#',
        ';',
      ]),
    )
    .join(random.pick([' ', '  ', '\t']));

const id128 = (random: Random): string => {
  const hex = (length: number): string => random.several(length, length, () => random.pick(hexDigits)).join('');
  const uuid = `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
  return random.pick([
    hex(32),
    hex(32),
    uuid,
    uuid,
    hex(31),
    hex(33),
    `{${uuid}}`,
    '0'.repeat(32),
    '00000000-0000-0000-0000-000000000000',
    'uninitialized',
    uuid.replaceAll('-', ':'),
    `${hex(16)}-${hex(16)}`,
  ]);
};

const privateUsers = (random: Random): string =>
  random.pick([
    random.pick([...booleans, 'pick', 'Pick', 'identity', 'IDENTITY', 'managed', 'self', 'auto', '']),
    random.pick(numbers),
    `${random.pick(numbers)}:${random.pick(numbers)}`,
    random.pick([
      '524288:65536',
      '0:1',
      '1:65536',
      '4294901760:65536',
      '4294967295:1',
      '65536:',
      ':65536',
      '65536:0',
      '65536:65536:1',
      '65536: 65536',
      'root:1',
      'pick:65536',
      '-1:2',
      '65534:2',
      '0x80000:0x10000',
    ]),
  ]);

const overlays = (random: Random): string =>
  random
    .several(1, 4, () => random.pick(['', '', '+', '-', '-+']) + random.pick([path(random), path(random), '']))
    .join(':');

const families = (random: Random): string =>
  random.pick([
    random.pick(['none', 'None', '~', '~none', '']),
    random.pick(['', '', '~', '~~']) +
      random
        .several(1, 3, () =>
          random.pick([...valueSets.addressFamilies, 'AF_FOO', 'af_inet', 'INET', '2', '"AF_INET"', '~AF_INET']),
        )
        .join(random.pick([' ', ' ', ',', '\t'])),
  ]);

/** One maker a kind, of values that are valid, nearly valid or wrong in its own way. `tame` makes none for which a file is refused. */
const makers: {
  readonly [Name in ValueKindName]: (
    type: Extract<ValueType, { readonly kind: Name }>,
    random: Random,
    tame: boolean,
  ) => string;
} = {
  boolean: (_, random) => random.pick([...booleans, '']),
  startMode: (_, random) => random.pick([...booleans, '']),
  words: (_, random) => words(random),
  environment: (_, random) => assignments(random),
  text: (_, random) => random.pick([...users, ...interfaces, words(random), '']),
  capabilities: (_, random) => capabilities(random),
  signal: (_, random) => signals(random),
  architecture: (_, random) =>
    random.pick([
      ...valueSets.architectures,
      'x86',
      'x86-64',
      'X86-64',
      'amd64',
      'x86_64',
      'i686',
      'arm64',
      'aarch64',
      'native',
      '',
    ]),
  id128: (_, random) => id128(random),
  absolutePath: (_, random) => random.pick([path(random), path(random), '']),
  pivotRoot: (_, random) =>
    random.pick([
      path(random),
      `${path(random)}:${path(random)}`,
      `${path(random)}:`,
      `:${path(random)}`,
      `${path(random)}:${path(random)}:${path(random)}`,
      '',
    ]),
  privateUsers: (_, random) => privateUsers(random),
  unsigned: (_, random) => random.pick([...numbers, '', '-1', '16', '+1', 'x', '1 2']),
  syscallFilter: (_, random) => syscalls(random),
  rlimit: (type, random) => limit(type, random),
  hostname: (_, random) =>
    random.pick([
      ...hostnames,
      'a'.repeat(63),
      'a'.repeat(64),
      'a'.repeat(65),
      `${'a'.repeat(30)}.${'b'.repeat(33)}`,
      '',
    ]),
  integer: (type, random) =>
    random.pick([
      String(type.min),
      String(type.max),
      String(type.min - 1),
      String(type.max + 1),
      ...numbers,
      '-0',
      '+0',
      '',
      '500',
      '-500',
      '5 ',
      '0b11',
      '-0x10',
    ]),
  cpuSet: (type, random, tame) => cpus(random, tame && type.refusesFile),
  enum: (type, random) =>
    random.pick([
      ...type.words.map(({ name }) => name),
      ...type.words.map(({ name }) => name),
      random.pick(booleans),
      '',
    ]),
  addressFamilies: (_, random) => families(random),
  bind: (_, random) => binds(random),
  tmpfs: (_, random) =>
    random.pick([
      path(random),
      `${path(random)}:${random.pick(['size=10%', 'mode=755,size=1G', 'ro', 'foo', '', 'a:b', 'x y'])}`,
      `${path(random)}::`,
      '',
    ]),
  inaccessible: (_, random) => random.pick(['', '+', '-', '-+']) + path(random),
  overlay: (_, random) => overlays(random),
  userNames: (_, random) => random.several(0, 3, () => random.pick(users)).join(random.pick([' ', '  ', ',', '\t'])),
  shell: (_, random) => random.pick([...booleans, path(random), '/bin/bash', 'bash', '/bin/ba sh', '']),
  interfacePairs: (_, random, tame) => interfacePairs(random, tame),
  vethPair: (_, random) =>
    random.pick([
      random.pick(interfaces),
      `${random.pick(interfaces)}:${random.pick(interfaces)}`,
      `${random.pick(interfaces)}:`,
      `:${random.pick(interfaces)}`,
      'a:b:c',
      '',
    ]),
  interfaceName: (_, random) => random.pick([...interfaces, '']),
  zone: (_, random) => random.pick([...names, ...interfaces, '']),
  port: (_, random) => ports(random),
};

const typesOf = nspawnSchema.directives.flatMap(({ parsers }) => parsers.map(({ value }) => value));

/** A value for one way of reading; `tame` makes none for which a file is refused, as long as nothing is changed in it. */
export const sampleValue = (type: ValueType, random: Random, tame: boolean): string => {
  // The table has one row a kind, and the compiler cannot see that it is the row of this very type.
  const make = makers[type.kind] as (type: ValueType, random: Random, tame: boolean) => string;
  return make(type, random, tame);
};

/** A value of any kind, mostly of another than is wanted. */
export const anyValue = (random: Random): string => sampleValue(random.pick(typesOf), random, true);
