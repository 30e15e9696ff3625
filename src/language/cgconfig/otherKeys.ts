import * as l10n from '@vscode/l10n';
import type { HostWish, KeyWord } from '../vocabulary.ts';
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
    l10n.t('The user that owns the files, by name or number. root is written by name: libcgroup takes 0 for a name.'),
    ' = $1;',
    'hostUser',
  ),
  simple(
    'gid',
    l10n.t('The group that owns the files, by name or number. root is written by name: libcgroup takes 0 for a name.'),
    ' = $1;',
    'hostGroup',
  ),
  simple('fperm', l10n.t('The mode of the files, in octal.'), ' = ${1:664};'),
];
const dperm = simple('dperm', l10n.t('The mode of the directory, in octal.'), ' = ${1:775};');

const ofSystemd: readonly KeyWord[] = [
  simple(
    'slice',
    l10n.t('The slice of systemd that the scope is in; the name ends in `.slice`.'),
    ' = ${1:name}.slice;',
  ),
  simple(
    'scope',
    l10n.t('The scope of systemd that all groups are made in; the name ends in `.scope`.'),
    ' = ${1:name}.scope;',
  ),
  simple(
    'setdefault',
    l10n.t('With `yes` later calls of libcgroup work in that scope; no other word is taken.'),
    ' = yes;',
  ),
  simple('pid', l10n.t('The process that keeps the scope alive, instead of one of libcgroup’s own.')),
];

const ofMount = controllerNames.map((name) =>
  simple(name, l10n.t`Where ${name} is mounted.`, ` = \${1:/sys/fs/cgroup/${name}};`, 'directory'),
);
const ofNamespace = controllerNames.map((name) => simple(name, l10n.t`The group that those of ${name} are below.`));

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
