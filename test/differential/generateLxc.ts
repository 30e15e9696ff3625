import { lxcSchema } from '../../src/schema/lxcSchema.ts';
import type { LxcKey, LxcValue } from '../../src/schema/lxcTypes.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';
import { hostnames, wordsOf } from './sampleWords.ts';

const numbers = wordsOf('0 1 2 7 010 08 0x10 40 41 4094 4095 65535 65536 2147483647 2147483648 4294967295 4294967296');
const oddNumbers = [...wordsOf('-1 +1 -0 yes true 1k 1.5 0x 1,2 1e3 -2147483648 18446744073709551616'), '1 2', '1 # a'];
const texts = [...wordsOf('a web/x /srv /a//b/./c/ ~ $HOME a=b none x:y 3 é'), 'a b', 'a # b', '"a', "b'"];
const names = wordsOf('eth0 lxcbr0 a.b fifteen-bytes-x sixteen-bytes-xx a+ ééééééé éééééééé veth');
const ipv4 = wordsOf('10.0.3.7 10.0.3.130 10.0.3.200 10.0.3.230 0.0.0.0 255.255.255.255 10.0.3 10.0.3.256 010.0.0.1');
const ipv6 = wordsOf('fd00::2 ::1 :: fe80::1%eth0 1:2:3:4:5:6:7:8 1::2::3 ::ffff:10.0.0.1 fd00: 12345::');
const prefixes = wordsOf('/24 /0 /32 /33 /64 /128 /129 /200 / /a /+8 /0x18 /-1 , , ,');
const units = wordsOf(', , h m s ms us ns S d KB MB GB kb K M b B TB');
const sizes = wordsOf('auto AUTO 1KB 1MB 2GB 4096 1K 1M 0 12kb 1TB 0x10KB -1KB 18446744073709551615');
const signals = wordsOf(
  'SIGKILL sigpwr SIGRTMIN+3 SIGRTMAX-3 SIGRTMIN SIGRTMIN+31 PWR 9 300 09 SIGFOO SIGRTMIN-3 SIGSYS',
);
const levels = wordsOf('TRACE debug INFO WARN WARNING ERROR 0 8 9 01 FATAL NOTICE err');
const mounts = wordsOf(
  'garbage ro,bind bind,create=dir optional relative idmap=container idmap= ,ro ro, rofoo size=1m',
);
const entries = ['/srv srv none bind 0 0', 'proc proc proc', '/srv /srv', '# a', '/a\\040b c none bind,create=dir'];
const limits = wordsOf(
  '1024 1024:2048 unlimited unlimited:1 2:unlimited : 1: :1 0x10 1:2:3 -1 +5 18446744073709551615 a',
);
const paths = [...wordsOf('a a/b /a a..b ../a . a/'), 'a b'];
const ranges = wordsOf('u g b 0 1 100000 65536 0x10 -1 4294967295 a 1000');
const families = wordsOf('memory.max nofile net.ipv4.ip_forward oom_score_adj a user net NOFILE time devices.allow ,');

const numberOf = (random: Random): string => random.pick(random.onceIn(5) ? oddNumbers : numbers);

const wordsFrom = (words: readonly string[], random: Random): string =>
  random
    .several(1, 3, () => {
      const word = random.onceIn(12) ? random.pick(texts) : random.pick(words);
      return random.onceIn(15) ? word.toUpperCase() : word;
    })
    .join(random.pick([' ', ' ', '\t', '  ', ',']));

const address = (type: Extract<LxcValue, { kind: 'address' }>, random: Random): string => {
  if (random.onceIn(6)) return random.pick(wordsOf('auto dev AUTO none'));
  const [host, other] = type.family === 4 ? [ipv4, ipv6] : [ipv6, ipv4];
  const pick = random.pick(random.onceIn(9) ? other : host);
  const broadcast = random.onceIn(6) ? random.pick([' ', '  ', '\t', ' / ']) + random.pick(ipv4) : '';
  return pick + random.pick(prefixes) + broadcast;
};

const valueOf = (type: LxcValue, random: Random): string => {
  switch (type.kind) {
    case 'unsigned':
    case 'laxUnsigned':
      return random.onceIn(3) ? numberOf(random) : random.pick(['0', '1', String(type.most), String(type.most + 1)]);
    case 'signed':
    case 'laxBytes':
    case 'vlan':
      return random.onceIn(5) ? random.pick(['none', '1MB', '1K']) : numberOf(random);
    case 'size':
      return random.pick(sizes) + (random.onceIn(8) ? random.pick(units) : '');
    case 'signal':
      return random.pick(signals);
    case 'logLevel':
      return random.pick(levels);
    case 'time':
      return numberOf(random) + random.pick(['', '', ' ']) + random.pick(units);
    case 'word':
      return random.onceIn(6) ? wordsFrom(type.words, random) : random.pick(type.words);
    case 'words':
    case 'capabilities':
    case 'autoMounts':
      return random.onceIn(9) ? numberOf(random) : wordsFrom(type.words, random);
    case 'idmap':
      return random.onceIn(3)
        ? random.several(3, 5, () => random.pick(ranges)).join(random.pick([' ', '\t', '  ']))
        : `${random.pick(['u', 'g'])} ${random.pick(['0', '1000'])} 100000 65536`;
    case 'groupNumbers':
      return random.several(1, 3, () => numberOf(random)).join(random.pick([',', ',', ' ', ', ']));
    case 'mountOptions':
      return random.several(1, 2, () => random.pick(mounts)).join(',');
    case 'mountEntry':
      return random.pick(random.onceIn(4) ? texts : entries);
    case 'notifyProxy':
      return random.pick(wordsOf('unix:/run/a unix:@a unix:a unix: /run/a UNIX:/a'));
    case 'cgroupPath':
      return random.pick(paths);
    case 'limit':
      return random.pick(limits);
    case 'assignment':
      return `${random.pick(wordsOf('A PATH , a-b'))}=${random.pick(texts)}`;
    case 'interfaceName':
      return random.pick(names);
    case 'address':
      return address(type, random);
    case 'flags':
      return random.pick(wordsOf('up down 0 UP up,down'));
    case 'text':
    case 'path':
      return random.onceIn(20)
        ? random.pick(['a', '/']) + 'b'.repeat(random.pick([63, 64, 4093, 4094, 4095, 4096]))
        : random.pick(random.onceIn(4) ? hostnames : texts);
    case 'clearOnly':
      return random.onceIn(2) ? '' : random.pick(texts);
    // Files that are read and made depend on the machine.
    case 'include':
    case 'logFile':
      return '';
  }
};

const keyOf = ({ name }: LxcKey, random: Random): string => {
  const numbered = name.replace('.N.', `.${random.pick(['0', '0', '0', '1', '00', '7', '2147483647'])}.`);
  return numbered.endsWith('.') ? numbered + random.pick(families) : numbered;
};

const noKeys = wordsOf(
  'lxc.utsname lxc.network.type lxc.tty lxc.foo lxc. lxc.net.0 lxc.net.a.type lxc.Arch lxc.cap lxc.sysctl',
);
const network = lxcSchema.keys.filter(({ name }) => name.startsWith('lxc.net.'));
const types = wordsOf('veth veth macvlan ipvlan vlan phys empty none');

const setting = (random: Random): string => {
  const blanks = (): string => random.pick(['', ' ', ' ', ' ', '\t', '  ']);
  const write = (key: string, value: string): string => `${key}${blanks()}=${blanks()}${value}`;
  if (random.onceIn(25)) return write(random.pick(noKeys), random.pick(texts));
  if (random.onceIn(8)) return write(`lxc.net.${random.pick(['0', '0', '1'])}.type`, random.pick(types));
  const key = random.pick(random.onceIn(4) ? network : lxcSchema.keys);
  const value = random.onceIn(8) ? '' : valueOf(key.value, random);
  const quoted = random.onceIn(15) ? random.pick([`"${value}"`, `'${value}'`, `"${value}`, `${value}'`]) : value;
  return write(keyOf(key, random), quoted) + (random.onceIn(25) ? random.pick([' ', '\t', ' # a', '\\', ';']) : '');
};

const others = ['# a', '  # lxc.a', '', '[lxc]', 'LXC.arch = a', '; a', 'lxc =', 'lxc.tty.max 4', 'lxc.arch: a', '\f'];

/** A whole configuration of a container. */
export const generateLxc = (random: Random): string => {
  const repeated = setting(random);
  const lines = random.several(1, 9, () => {
    if (random.onceIn(12)) return random.pick(others);
    return (
      (random.onceIn(12) ? random.pick([' ', '\t', '\u00a0']) : '') + (random.onceIn(12) ? repeated : setting(random))
    );
  });
  const text = lines.map((line) => line + (random.onceIn(30) ? random.pick(['\r\n', '\r', '\n\n']) : '\n')).join('');
  const odd = random.onceIn(60) ? random.pick(['\uFEFF', '']) + text.replace('\n', '\0\n') : text;
  return random.onceIn(12) ? mutate(odd, random).replace(/(?![\udc80-\udcff])\p{Cs}/gu, '') : odd;
};
