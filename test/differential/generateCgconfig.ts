import { controllerNames, parametersOf, writtenName } from '../../src/language/cgconfig/parameters.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';
import { wordsOf } from './sampleWords.ts';

/** What one file is like. Were all files like one another, one slip would refuse nearly every one. */
interface Manner {
  readonly random: Random;
  /** How often a word is one of those that mean something special or nothing at all: once in so many; 0 for never. */
  readonly odd: number;
  readonly lineEnd: string;
}

const keywords = wordsOf('mount task admin perm group namespace template default systemd');
const names = wordsOf('web db users/%u a.b-c_d daemons \\x %p @all 1 web/inner . , group/x');
const oddNames = [
  ...[
    '""',
    '"two words"',
    '"a"b',
    '"é"',
    '"#"',
    '"a\nb"',
    '"task"',
    '"group"',
    "'a'",
    '*',
    '"{"',
    '"name=web"',
    '"name=no"',
  ],
  ...[
    'a b',
    'a:b',
    'a+b',
    'a*',
    '$x',
    'é',
    'a"b',
    '#',
    '"open',
    'x"y"z',
    '“a”',
    '\0',
    '\r',
    '\f',
    '1 2',
    'systemd',
    'default',
  ],
  ...['foo', 'CPU', 'cpu,cpuacct', 'a'.repeat(31), 'a'.repeat(32), 'a'.repeat(33)],
];
const values = [
  ...wordsOf('0 1 100 500 40000 -1 max 1G 0-3 0,2 yes /cgroup/cpu 4096 512M'),
  ...['"8:0 1048576"', '"a *:* rwm"', '"c 1:3 mr"', '""', '"1\n2"', '"+cpu"', '"50000 100000"', '"é"', '"a;b"', '"}"'],
];
const users = wordsOf(
  'root nobody alice 0 00 1 1000 -1 +1 4294967295 4294967296 12abc 0x10 "0" "1000" www-data a.b _x',
);
const oddUsers = [
  '""',
  '" root"',
  '"a b"',
  '"a:b"',
  '"0 "',
  '%u',
  '%G',
  '"web %p"',
  '%x',
  '99999999999999999999',
  '-99999999999999999999',
  '2147483648',
  '-4294967296',
];
const modes = wordsOf('770 0775 755 0 00 7 -1 +7 644 4294967296');
const oddModes = [
  '779',
  '"0x1f"',
  '8',
  '""',
  '" 7"',
  '"7 "',
  'u+x',
  '0o17',
  '"0b1"',
  '77777777777777777777777777',
  '-',
  '"\v7"',
  '" "',
];
const oddKeys = wordsOf('uid gid fperm dperm mode UID task uid.x');
const blanks = ['', ' ', ' ', ' ', '\t', '  '];
const comments = [
  '# note',
  '#',
  '# é',
  '#"',
  '# }',
  '* star',
  '*',
  '   # indented',
  '\t# tab',
  '  * not a comment',
  '# a\r',
  '/* of C */',
  '// of C++',
];
const marks = [
  '{',
  '}',
  '=',
  ';',
  ';;',
  '#',
  '"',
  '\r',
  '\v',
  '\f',
  '\0',
  'é',
  '\uFEFF',
  ':',
  '+',
  '*',
  '(',
  '“',
  '\udcff',
  ',',
];

const wordFrom = (usual: readonly string[], { random, odd }: Manner, unusual: readonly string[] = oddNames): string =>
  odd > 0 && random.onceIn(odd) ? random.pick(random.onceIn(4) ? keywords : unusual) : random.pick(usual);

const quoted = (word: string, random: Random): string => (random.onceIn(5) && !word.includes('"') ? `"${word}"` : word);

const assignment = (key: string, value: string): string[] => [key, '=', value, ';'];

const perhaps = (least: number, { random, odd }: Manner): number => (odd > 0 && random.onceIn(10) ? 0 : least);

const controller = (manner: Manner): string[] => {
  const { random } = manner;
  const name = random.onceIn(12)
    ? random.pick(['"name=web"', '"name=db"', '"name="', 'cgroup'])
    : random.pick(controllerNames);
  const parameters = parametersOf(name).map(writtenName);
  const known = parameters.length === 0 ? ['x.y'] : parameters;
  const keys = random.several(0, 3, () => random.pick(known));
  const unique = random.onceIn(15) ? keys : [...new Set(keys)];
  const settings = unique.flatMap((key) =>
    assignment(wordFrom([quoted(key, random)], manner), wordFrom(values, manner)),
  );
  return [wordFrom([quoted(name, random)], manner), '{', ...settings, '}'];
};

const permissions = (block: 'task' | 'admin', manner: Manner): string[] => {
  const { random } = manner;
  const setting = (): string[] => {
    const kind = random.pick(['user', 'user', 'mode']);
    const usual = kind === 'user' ? ['uid', 'gid'] : block === 'task' ? ['fperm'] : ['fperm', 'dperm'];
    return assignment(
      wordFrom(usual, manner, oddKeys),
      kind === 'user' ? wordFrom(users, manner, oddUsers) : wordFrom(modes, manner, oddModes),
    );
  };
  return [block, '{', ...random.several(perhaps(1, manner), 3, setting).flat(), '}'];
};

const perm = (manner: Manner): string[] => {
  const { random, odd } = manner;
  const both = [permissions('task', manner), permissions('admin', manner)];
  if (random.onceIn(2)) both.reverse();
  if (odd > 0 && random.onceIn(12)) both.pop();
  if (odd > 0 && random.onceIn(20)) both.push(permissions(random.pick(['task', 'admin']), manner));
  return ['perm', '{', ...both.flat(), '}'];
};

const groupLike = (keyword: 'group' | 'template', manner: Manner): string[] => {
  const { random, odd } = manner;
  const many = random.onceIn(60) ? 101 : 3;
  const blocks = random.several(perhaps(1, manner), many, () => controller(manner));
  const seen = new Set<string | undefined>();
  const items = random.onceIn(12) ? blocks : blocks.filter(([name]) => seen.size < seen.add(name).size);
  if (random.onceIn(3)) items.unshift(perm(manner));
  if (odd > 0 && random.onceIn(15)) items.push(perm(manner));
  if (odd > 0 && random.onceIn(40)) items.push(assignment('cpu.shares', '1'));
  return [keyword, wordFrom(names, manner), '{', ...items.flat(), '}'];
};

const settingsBlock = (keyword: string, manner: Manner, setting: () => string[]): string[] => [
  keyword,
  '{',
  ...manner.random.several(perhaps(1, manner), 3, setting).flat(),
  '}',
];

/** One line more than libcgroup has places for, or just as many: each mount needs a path of its own. */
const fullTable = (keyword: 'mount' | 'namespace', { random }: Manner): string[] => {
  const path = (index: number): string => (keyword === 'mount' ? `/cgroup/${index}` : random.pick(['a', `n/${index}`]));
  const settings = Array.from({ length: random.pick([100, 101]) }, (_, index) => assignment(`c${index}`, path(index)));
  return [keyword, '{', ...settings.flat(), '}'];
};

/** A word at the end of a buffer of 4,096 bytes. */
const longWord = (end: string, random: Random): string =>
  `${'y'.repeat(random.pick([4094, 4095, 4096, 5000]) - end.length)}${end}`;

/** Of a mount or a namespace, or a part of a unit's name. */
const longBlock = ({ random }: Manner): string[] => {
  const keyword = random.pick(['mount', 'namespace', 'systemd']);
  if (keyword !== 'systemd')
    return [keyword, '{', ...assignment('cpu', longWord('', random).replace(/^y/u, random.pick(['y', '/']))), '}'];
  const [slice, scope] = random.pick([
    [longWord('.slice', random), 'b.scope'],
    ['a.slice', longWord('.scope', random)],
  ] as const);
  return [keyword, '{', ...assignment('slice', slice), ...assignment('scope', scope), '}'];
};

const systemd = (manner: Manner): string[] => {
  const { random } = manner;
  const usual = [assignment('slice', 'a.slice'), assignment('scope', '"b.scope"')];
  const more = [assignment('setdefault', 'yes'), assignment('pid', '1234'), assignment('setdefault', 'YES')];
  const wrong = [
    ...[
      assignment('slice', 'a'),
      assignment('scope', 'b.slice'),
      assignment('setdefault', 'no'),
      assignment('pid', '1'),
    ],
    ...[assignment('user', 'a'), assignment('slice', '.slice'), assignment('scope', '""'), assignment('pid', '2x')],
    ...[
      assignment('Slice', 'a.slice'),
      assignment('pid', '4294967298'),
      assignment('slice', '.slic'),
      assignment('pid', '" 7"'),
    ],
  ];
  const settings = random.onceIn(5) ? [random.pick(usual)] : usual;
  const all = [...settings, ...random.several(0, 1, () => random.pick(random.onceIn(3) ? wrong : more))];
  return ['systemd', '{', ...(random.onceIn(3) ? all.reverse() : all).flat(), '}'];
};

const block = (manner: Manner): string[] => {
  const { random, odd } = manner;
  const path = (): string => wordFrom(values, manner);
  if (random.onceIn(80)) return fullTable(random.pick(['mount', 'namespace']), manner);
  if (random.onceIn(80)) return longBlock(manner);
  switch (random.below(odd > 0 ? 13 : 12)) {
    case 0:
      return settingsBlock('mount', manner, () => assignment(wordFrom(controllerNames, manner), path()));
    case 1:
      return settingsBlock('namespace', manner, () => assignment(wordFrom(controllerNames, manner), path()));
    case 2:
      return ['default', '{', ...perm(manner), ...(odd > 0 && random.onceIn(8) ? controller(manner) : []), '}'];
    case 3:
      return systemd(manner);
    case 4:
    case 5:
      return groupLike('template', manner);
    case 12:
      return random.pick([
        controller(manner),
        assignment('a', 'b'),
        ['groups', 'x', '{', '}'],
        ['}'],
        [';'],
        ['group'],
        ['web'],
      ]);
    default:
      return groupLike('group', manner);
  }
};

/** One slip of the pen in the row of words. */
const slip = (tokens: readonly string[], random: Random): string[] => {
  const at = random.below(tokens.length + 1);
  const before = tokens.slice(0, at);
  const [token = ''] = tokens.slice(at);
  const after = tokens.slice(at + 1);
  switch (random.below(6)) {
    case 0:
    case 1:
      return [...before, ...after];
    case 2:
      return [...before, token, token, ...after];
    case 3:
      return [...before, random.pick([...marks, ...keywords]), token, ...after];
    case 4:
      return [...before, random.pick([...marks, ...keywords, ...oddNames]), ...after];
    default:
      return [...before, ...after.slice(0, 1), token, ...after.slice(1)];
  }
};

const isMark = (token: string | undefined): boolean => token !== undefined && /^[{}=;]$/u.test(token);

/** Puts words on lines; words that would run together are kept apart. */
const written = (tokens: readonly string[], { random, lineEnd }: Manner): string => {
  const dense = random.onceIn(4);
  return tokens
    .map((token, index) => {
      const next = tokens[index + 1];
      const breaks = !dense && (token === '{' || token === '}' || token === ';') && !random.onceIn(6);
      if (breaks || random.onceIn(40)) {
        const comment = random.onceIn(12) ? `${random.pick(comments)}${lineEnd}` : '';
        return `${token}${random.pick(blanks)}${lineEnd}${comment}${random.pick(blanks)}`;
      }
      if (isMark(token) || isMark(next)) return token + random.pick(blanks);
      return `${token} `;
    })
    .join('');
};

/** A whole cgconfig.conf; a byte that is no UTF-8 stands in it as decodeUtf8 gives it. */
export const generateCgconfig = (random: Random): string => {
  const manner = {
    random,
    odd: random.pick([0, 0, 10, 40, 100]),
    lineEnd: random.onceIn(40) ? '\r\n' : '\n',
  };
  const blocks = random.several(1, 4, () => block(manner));
  if (random.onceIn(25)) blocks.push(...blocks.slice(0, 1));
  let tokens = blocks.flat();
  if (random.onceIn(2)) tokens = slip(tokens, random);
  if (random.onceIn(8)) tokens = slip(tokens, random);
  let text = written(tokens, manner);
  if (random.onceIn(200))
    text = text.replace(' = ', ` = ${random.pick(['x', '1'])}${'y'.repeat(random.pick([4000, 4094, 4095, 4200]))} ;`);
  if (random.onceIn(8)) text = mutate(text, random);
  if (random.onceIn(30)) text = `${random.pick(comments)}\n${text}`;
  // Half of a character that was cut in two is nothing that a file can hold.
  return text.replace(/(?![\udc80-\udcff])\p{Cs}/gu, '');
};
