import { nspawnSchema } from '../../src/schema/nspawnSchema.ts';
import type { ValueKindName, ValueType } from '../../src/schema/types.ts';
import type { Random } from './random.ts';
import * as places from './samplePlaces.ts';
import * as words from './sampleWords.ts';

type TypeOf<Name extends ValueKindName> = Extract<ValueType, { readonly kind: Name }>;

/** One maker a kind, of values that are valid, nearly valid or wrong in the way of that kind. */
const makers: {
  readonly [Name in ValueKindName]: (random: Random, type: TypeOf<Name>, tame: boolean) => string;
} = {
  boolean: (random) => random.pick(words.booleans),
  startMode: (random) => random.pick(words.booleans),
  words: words.commandWords,
  environment: words.assignments,
  text: (random) => random.pick([...words.users, ...places.interfaces, words.commandWords(random)]),
  capabilities: words.capabilities,
  signal: words.signal,
  architecture: (random) => random.pick(words.architectures),
  id128: words.id128,
  absolutePath: places.path,
  pivotRoot: places.pivotRoot,
  privateUsers: words.privateUsers,
  unsigned: (random) => random.pick([...words.numbers, '', '-1', '16', '+1', 'x', '1 2']),
  syscallFilter: words.syscalls,
  rlimit: (random, { unit }) => words.limit(unit, random),
  hostname: (random) => random.pick(words.hostnames),
  integer: (random, { min, max }) =>
    random.pick([...[min, max, min - 1, max + 1].map(String), ...words.numbers, '-0', '+0', '', '5 ', '0b11', '-0x10']),
  cpuSet: (random, { refusesFile }, tame) => words.cpus(random, tame && refusesFile),
  enum: (random, type) =>
    random.pick([random.pick(type.words).name, random.pick(type.words).name, random.pick(words.booleans)]),
  addressFamilies: words.addressFamilies,
  bind: places.bind,
  tmpfs: places.tmpfs,
  inaccessible: places.inaccessible,
  overlay: places.overlay,
  userNames: (random) => random.several(0, 3, () => random.pick(words.users)).join(random.pick([' ', '  ', ',', '\t'])),
  shell: (random) => random.pick([random.pick(words.booleans), places.shell(random)]),
  interfacePairs: (random, _type, tame) => places.interfacePairs(random, tame),
  vethPair: places.vethPair,
  interfaceName: (random) => random.pick(places.interfaces),
  zone: (random) => random.pick(places.zones),
  port: places.port,
};

const typesOfAll = nspawnSchema.directives.flatMap(({ parsers }) => parsers.map(({ value }) => value));

/** A value for one way of reading; `tame` makes none for which a file is refused, as long as nothing is changed in it. */
export const sampleValue = (type: ValueType, random: Random, tame: boolean): string => {
  // The table has one row a kind, and the compiler cannot see that it is the row of this very type.
  const make = makers[type.kind] as (random: Random, type: ValueType, tame: boolean) => string;
  return make(random, type, tame);
};

/** A value of any kind, mostly of another than is wanted. */
export const anyValue = (random: Random): string => sampleValue(random.pick(typesOfAll), random, true);
