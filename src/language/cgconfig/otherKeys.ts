import type { HostWish } from '../values/valueKind.ts';
import type { KeyWord } from '../vocabulary.ts';
import { controllerNames } from './parameters.ts';

const simple = (name: string, documentation: string, snippet = ' = $1;', object?: HostWish['object']): KeyWord => ({
  name,
  documentation: () => `**${name}**\n\n${documentation}`,
  snippet,
  single: true,
  deprecated: false,
  suggestions: () => [],
  wishes: (value) => (object === undefined ? [] : [{ object, start: 0, end: value.length }]),
  describe: () => undefined,
});

const owners: readonly KeyWord[] = [
  simple(
    'uid',
    'The user that owns the files, by name or number. root is written by name: libcgroup takes 0 for a name.',
    ' = $1;',
    'hostUser',
  ),
  simple(
    'gid',
    'The group that owns the files, by name or number. root is written by name: libcgroup takes 0 for a name.',
    ' = $1;',
    'hostGroup',
  ),
  simple('fperm', 'The mode of the files, in octal.', ' = ${1:664};'),
];
const dperm = simple('dperm', 'The mode of the directory, in octal.', ' = ${1:775};');

const ofSystemd: readonly KeyWord[] = [
  simple('slice', 'The slice of systemd that the scope is in; the name ends in `.slice`.', ' = ${1:name}.slice;'),
  simple(
    'scope',
    'The scope of systemd that all groups are made in; the name ends in `.scope`.',
    ' = ${1:name}.scope;',
  ),
  simple('setdefault', 'With `yes` later calls of libcgroup work in that scope; no other word is taken.', ' = yes;'),
  simple('pid', 'The process that keeps the scope alive, instead of one of libcgroup’s own.'),
];

const ofMount = controllerNames.map((name) =>
  simple(name, `Where ${name} is mounted.`, ` = \${1:/sys/fs/cgroup/${name}};`, 'directory'),
);
const ofNamespace = controllerNames.map((name) => simple(name, `The group that those of ${name} are below.`));

/** The settings of blocks that are no controllers. */
export const otherKeys = (keyword: string): readonly KeyWord[] => {
  switch (keyword) {
    case 'task':
      return owners;
    case 'admin':
      return [...owners, dperm];
    case 'systemd':
      return ofSystemd;
    case 'mount':
      return ofMount;
    case 'namespace':
      return ofNamespace;
    default:
      return [];
  }
};
