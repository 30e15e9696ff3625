import * as l10n from '@vscode/l10n';
import { lxcTexts } from '../../schema/lxcTexts.ts';
import type { LxcKey, LxcValue } from '../../schema/lxcTypes.ts';
import { lxcSchema } from '../../schema/lxcSchema.ts';
import { parametersNamed } from '../cgconfig/parameters.ts';
import { parameterText } from '../cgconfig/parameterText.ts';
import type { Context } from '../context.ts';
import { codeSpan } from '../markdown.ts';
import { once } from '../once.ts';
import { isKnownIn, type NamedKey } from './keys.ts';

const manual = '[lxc.container.conf(5)](https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html)';

const texts = once(lxcTexts);

const mostWords = 12;

/** Kinds that take several words in a line. */
const listKinds: ReadonlySet<string> = new Set(['words', 'autoMounts', 'capabilities']);

const ticked = (words: readonly string[]): string =>
  words
    .slice(0, mostWords)
    .map((word) => `\`${word}\``)
    .join(', ') + (words.length > mostWords ? ', …' : '');

/** What a key takes, where that can be said in half a line. */
const formOf = (value: LxcValue): string | undefined => {
  switch (value.kind) {
    case 'unsigned':
    case 'laxUnsigned':
      return value.most === 1 ? l10n.t('`0` or `1`') : l10n.t`a whole number from 0 to ${value.most}`;
    case 'signed':
      return l10n.t('a whole number');
    case 'laxBytes':
      return l10n.t('a number of bytes');
    case 'size':
      return l10n.t('`auto`, or a number of bytes with `KB`, `MB` or `GB` behind it');
    case 'signal':
      return l10n.t('a name such as `SIGPWR` or `SIGRTMIN+3`, or a number');
    case 'time':
      return l10n.t('a number with `h`, `m`, `s`, `ms`, `us` or `ns` behind it');
    case 'word':
    case 'words':
    case 'autoMounts':
    case 'capabilities':
      return ticked(value.words);
    case 'idmap':
      return '`u|g INSIDE OUTSIDE COUNT`';
    case 'assignment':
      return '`NAME=VALUE`';
    case 'mountEntry':
      return '`SOURCE TARGET TYPE OPTIONS 0 0`';
    case 'limit':
      return l10n.t('`SOFT:HARD` or one for both, as numbers or `unlimited`');
    case 'groupNumbers':
      return l10n.t('numbers with commas between them');
    case 'address':
      return value.form === 'gateway' ? l10n.t('an address, `auto` or `dev`') : '`ADDRESS/PREFIX`';
    case 'notifyProxy':
      return '`unix:/PATH`';
    default:
      return undefined;
  }
};

const defaultOf = ({ default: written }: LxcKey): string | undefined => {
  switch (written) {
    case undefined:
    case 'unset':
      return undefined;
    case 'host':
      return l10n.t('the one of the host');
    case 'random':
      return l10n.t('a random one');
    default:
      return `\`${written}\``;
  }
};

/** What `KEY =` does. */
const emptyText = ({ name, empty, repeat, value }: LxcKey): string => {
  if (empty === 'refused') return l10n.t('LXC refuses the whole file for an empty value.');
  switch (name) {
    case 'lxc.autodev':
      return l10n.t('An empty value means 0, which is not the default.');
    case 'lxc.monitor.signal.pdeath':
      return l10n.t('An empty value means no signal, which is not the default.');
    case 'lxc.rootfs.mount':
      return l10n.t('An empty value leaves none, which is not the default.');
    case 'lxc.include':
      return l10n.t('An empty value does nothing.');
    case 'lxc.cap.drop':
    case 'lxc.cap.keep':
      return l10n.t('An empty value clears lxc.cap.drop and lxc.cap.keep.');
    case 'lxc.net.N.type':
    case 'lxc.net.N.macvlan.mode':
    case 'lxc.net.N.ipvlan.mode':
    case 'lxc.net.N.ipvlan.isolation':
      return l10n.t('With an empty value the container does not start.');
    case 'lxc.net.N.veth.mode':
      return l10n.t('With an empty value the device is attached to nothing.');
    case 'lxc.net.N':
      return l10n.t('An empty value removes this device.');
  }
  if (value.kind === 'clearOnly') return '';
  if (repeat === 'append') return l10n.t('An empty value clears the list.');
  return l10n.t('An empty value puts it back to the default.');
};

const repeatText = ({ repeat, value, name }: LxcKey): string => {
  if (value.kind === 'clearOnly') return '';
  if (value.kind === 'include') return l10n.t('Each line is read.');
  if (name === 'lxc.mount.auto') return l10n.t('The last word for each of the mounts counts.');
  switch (repeat) {
    case 'last':
      return l10n.t('The last line counts.');
    case 'append':
      return l10n.t('Several lines add up.');
    case 'sameName':
      return l10n.t('The last line of the same name counts.');
  }
};

/** What it was called in LXC 1 and 2, with one name for each key. */
const oldNames = once(
  () => new Map(Object.entries(lxcSchema.renamed).flatMap(([old, now]) => (now === null ? [] : [[now, old] as const]))),
);

const oldNameOf = ({ name, first }: LxcKey): string | undefined => {
  if (name === 'lxc.prlimit.') return 'lxc.limit.';
  const subkey = /^lxc\.net\.N\.(.+)$/u.exec(name)?.[1];
  return oldNames().get(name) ?? (subkey !== undefined && first === '2.1' ? `lxc.network.${subkey}` : undefined);
};

const versionText = (key: LxcKey, { lxcVersion }: Context): string => {
  const { first, until } = key;
  const old = oldNameOf(key);
  const span =
    until !== undefined
      ? l10n.t`From LXC ${first} to ${until}.`
      : old === undefined
        ? l10n.t`Since LXC ${first}.`
        : l10n.t`Since LXC ${first}, before that \`${old}\`.`;
  return isKnownIn(key, lxcVersion)
    ? span
    : l10n.t`${span} **LXC ${lxcVersion}, which this file is checked for, refuses the whole file for it.**`;
};

/** What completion and hover show of a key, as markdown; `written` is as it stands in the text. */
export const keyText = ({ key, rest }: NamedKey, written: string, context: Context): string => {
  const form = formOf(key.value);
  const ifUnset = defaultOf(key);
  const repeated = [repeatText(key), emptyText(key)].filter((text) => text !== '').join(' ');
  const parameters =
    key.name === 'lxc.cgroup2.' ? parametersNamed(rest ?? '').filter(({ version }) => version === 2) : [];
  const lines = [
    `**${codeSpan(written)}**`,
    '',
    key.name === 'lxc.net.N'
      ? l10n.t('Takes no value but an empty one, which removes this network device.')
      : (texts()[key.name] ?? ''),
    '',
    ...(form === undefined ? [] : [l10n.t`- Value: ${form}`]),
    ...(listKinds.has(key.value.kind) ? [l10n.t('- Words have blanks between them')] : []),
    ...(ifUnset === undefined ? [] : [l10n.t`- Default: ${ifUnset}`]),
    ...(repeated === '' ? [] : [`- ${repeated}`]),
    ...(key.needs === undefined ? [] : [l10n.t`- Only behind \`lxc.net.N.type = ${key.needs}\` of the same number`]),
    `- ${versionText(key, context)}`,
    '',
    manual,
    ...(parameters.length === 0 ? [] : ['', '---', '', parameterText(parameters)]),
  ];
  return lines.join('\n');
};

/** The same for a key of LXC 1 and 2; null has nothing in its place. */
export const oldKeyText = (written: string, now: string | null): string =>
  [
    `**${codeSpan(written)}**`,
    '',
    now === null
      ? l10n.t('A key of LXC 1 and 2. LXC 3.0 and later refuse the whole file for it, and have nothing in its place.')
      : l10n.t`A key of LXC 1 and 2, which is now ${codeSpan(now)}. LXC 3.0 and later refuse the whole file for it.`,
    '',
    manual,
  ].join('\n');
