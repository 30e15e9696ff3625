import { nspawnSchema } from '../../src/schema/nspawnSchema.ts';
import type { DirectiveSchema } from '../../src/schema/types.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';
import { anyValue, sampleValue } from './sampleValues.ts';

/** What one file is like. Were all files like one another, one line of them all would refuse nearly every one. */
interface Manner {
  readonly random: Random;
  readonly version: number;
  /** Nothing is written for which the whole file is refused, as far as it is known beforehand. */
  readonly tame: boolean;
  /** How often values are changed: once in so many. */
  readonly mutations: number;
  readonly directives: readonly DirectiveSchema[];
  readonly lineEnds: readonly string[];
}

const comments = ['#', ';', '# Boot=yes', ';[Exec]', '  # indented', '\t; x \\', '#\\', '# é', '#\udcff', ';\x01"'];
const blanks = ['', '', '', ' ', '\t', '   \t'];
const rubbish = [
  'Boot',
  'Boot yes',
  '=yes',
  ' = yes',
  '=',
  'é',
  '"',
  '\x01',
  '\v',
  '\u00a0',
  '\\\\',
  ']',
  'Exec]',
  '\u2028',
];
const foreignSections = [
  'X-Foo',
  'X-',
  'exec',
  'EXEC',
  ' Exec',
  'Exec ',
  'Unit',
  'Service',
  'Exe',
  'Execs',
  'é',
  'x-foo',
  '-Exec',
  'Exec Files',
];
const badSections = [
  '',
  '*',
  '?',
  'a[b',
  'a]b',
  'Exec]',
  '[Exec',
  'Ex"ec',
  "Ex'ec",
  'Ex\\ec',
  'Ex\x01ec',
  'Ex\tec',
  '\x7f',
  'Exec?',
  '\u0085',
];
const unclosed = ['[Exec', '[', '[Exec] # x', '[Exec];', '[Exec]x', '[[Exec', '[Files] ]x'];

/** Bytes that are no UTF-8, a surrogate among them, and a character that Unicode promises never to use. */
const unreadable = ['\udcff', '\udced\udca0\udc80', '\udcc0\udc80', '\uffff', '\ufdd0'];

export const parserOf = (directive: DirectiveSchema, version: number): DirectiveSchema['parsers'][number]['value'] => {
  const parser = directive.parsers.findLast(({ from }) => from <= version) ?? directive.parsers[0];
  if (parser === undefined) throw new Error(`${directive.name} has no parser`);
  return parser.value;
};

const refusesOldFiles = (directive: DirectiveSchema, version: number): boolean => {
  const type = parserOf(directive, version);
  return type.kind === 'interfacePairs' || (type.kind === 'cpuSet' && type.refusesFile);
};

const valueOf = (directive: DirectiveSchema, { random, version, tame, mutations }: Manner): string => {
  if (random.onceIn(25)) return refusesOldFiles(directive, version) && tame ? '' : anyValue(random);
  let value = sampleValue(parserOf(directive, version), random, tame);
  if (tame && refusesOldFiles(directive, version)) return value;
  while (random.onceIn(mutations)) value = mutate(value, random);
  if (random.onceIn(400)) value += random.pick(['a', 'é', '/x', ' ']).repeat(random.pick([100, 1000, 2040, 5000]));
  return tame || !random.onceIn(5) ? value : value + random.pick(unreadable);
};

const keyOf = (directive: DirectiveSchema, random: Random): string => {
  if (!random.onceIn(30)) return directive.name;
  return random.pick([
    `X-${directive.name}`,
    `x-${directive.name}`,
    'X-',
    'Foo',
    `${directive.name} x`,
    mutate(directive.name, random),
    mutate(directive.name, random),
  ]);
};

const spaced = (key: string, value: string, random: Random): string =>
  random.pick(['', '', '', '', ' ', '\t', '\v', '\u00a0']) +
  key +
  random.pick(['=', '=', '=', '=', ' = ', '\t=  ', '= ']) +
  value +
  random.pick(['', '', '', '', ' ', '\t ']);

/** Breaks a line at random places with a backslash, and may put comments and blank lines there. */
const continued = (line: string, { random, lineEnds }: Manner): string => {
  const parts: string[] = [];
  let rest = line;
  for (let breaks = 1 + random.below(3); breaks > 0; breaks--) {
    const at = random.below(rest.length + 1);
    parts.push(
      `${rest.slice(0, at)}${random.pick(['\\', '\\', '\\', ' \\', '\\\\\\', '\\ ', '\\\\'])}${random.pick(lineEnds)}`,
    );
    if (random.onceIn(3)) parts.push(random.pick(comments) + random.pick(lineEnds));
    if (random.onceIn(12)) parts.push(random.pick(blanks) + random.pick(lineEnds));
    rest = rest.slice(at);
  }
  return parts.join('') + rest;
};

const header = (manner: Manner): string => {
  const { random, tame } = manner;
  if (!tame && random.onceIn(15)) return random.pick([...badSections.map((name) => `[${name}]`), ...unclosed]);
  const name = random.onceIn(8) ? random.pick(foreignSections) : random.pick(nspawnSchema.sections);
  return `${random.pick(['', '', '', ' ', '\t'])}[${name}]${random.pick(['', '', '', ' ', '\t'])}`;
};

/** A section with some lines. Most assignments are in the section where they belong. */
const block = (manner: Manner): string[] => {
  const { random } = manner;
  const title = header(manner);
  const section = nspawnSchema.sections.find((name) => title.includes(name));
  const own = manner.directives.filter((directive) => directive.section === section);
  const assignment = (): string => {
    const directive = random.pick(own.length === 0 || random.onceIn(25) ? manner.directives : own);
    const line = spaced(keyOf(directive, random), valueOf(directive, manner), random);
    return random.onceIn(10) ? continued(line, manner) : line;
  };
  const line = (): string => {
    if (random.onceIn(12)) return random.pick(comments);
    if (random.onceIn(15)) return random.pick(blanks);
    if (random.onceIn(25)) return random.pick(rubbish);
    return assignment();
  };
  return [title, ...random.several(0, 9, line)];
};

const mannerOf = (random: Random, version: number): Manner => {
  const few = random.onceIn(3);
  return {
    random,
    version,
    tame: !random.onceIn(6),
    mutations: random.pick([2, 3, 6, 1000]),
    directives: few ? random.several(4, 10, () => random.pick(nspawnSchema.directives)) : nspawnSchema.directives,
    lineEnds: random.onceIn(4)
      ? random.several(1, 3, () => random.pick(['\n', '\r', '\r\n', '\n\r', '\0', '\n\0', '\r\n\0']))
      : ['\n'],
  };
};

const long = 1024 * 1024;

/** A line about as long as a line may be. */
const longLine = (random: Random): string => {
  const length = long + random.pick([-3, -2, -1, 0, 1, 2]);
  const begin = random.pick(['Environment=A=', '# ', ' ', 'Parameters=']);
  return random.onceIn(2)
    ? begin.padEnd(length, random.pick(['x', ' ']))
    : `${begin.padEnd(length >> 1, 'x')}\\\n${'y'.repeat(length - (length >> 1) - 1)}`;
};

/**
 * A whole settings file; bytes that are not UTF-8 stand in it as decodeUtf8 gives them. The version only decides of what
 * kind most values are.
 */
export const generateFile = (random: Random, version: number): string => {
  const manner = mannerOf(random, version);
  const blocks = random.several(1, 6, () => block(manner));
  const lines = blocks.flat();
  if (random.onceIn(12)) lines.unshift(random.pick(['Boot=yes', 'x', '=', 'X-Foo=1', '# x', '']));
  if (random.onceIn(2000)) lines.splice(random.below(lines.length), 0, longLine(random));
  // A line that was cut within a character leaves a half that no file can hold.
  const text = lines
    .map((line) => line + random.pick(manner.lineEnds))
    .join('')
    .replace(/(?![\udc80-\udcff])\p{Cs}/gu, '');
  const whole = random.onceIn(5) ? text.replace(/[\n\r\0]+$/, '') : text;
  if (!random.onceIn(12)) return whole;
  const at = random.onceIn(2) ? 0 : random.below(whole.length + 1);
  return `${whole.slice(0, at)}\uFEFF${whole.slice(at)}`;
};
