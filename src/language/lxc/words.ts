import * as l10n from '@vscode/l10n';
import { lxcWordTexts } from '../../schema/lxcWordTexts.ts';
import { valueSets } from '../../schema/valueSets.ts';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import { parametersNamed } from '../cgconfig/parameters.ts';
import type { Span } from '../document.ts';
import { once } from '../once.ts';
import { isKnownIn, type NamedKey } from './keys.ts';
import { logLevels, signals } from './values.ts';

/** A word that a value may hold, and what it means. */
export interface Word {
  readonly text: string;
  readonly meaning?: string;
  /** Whether it stands for a number or a name that differs, so that it is an example and no word of LXC's. */
  readonly isExample?: true;
}

const texts = once(lxcWordTexts);

/** Words of a set, with what is said of them below that name. */
const wordsBelow = (name: string, words: readonly string[]): readonly Word[] =>
  words.map((text) => {
    const meaning = texts()[`${name}.${text}`];
    return { text, ...(meaning === undefined ? {} : { meaning }) };
  });

const summaries = once(() => new Map(valueSets.capabilities.map(({ name, summary }) => [name, summary])));

const capabilityWords = (words: readonly string[]): readonly Word[] =>
  words.map((text) => {
    if (text === 'none') return { text, meaning: texts()['lxc.cap.keep.none'] ?? '' };
    const summary = summaries().get(`CAP_${text.toUpperCase()}`);
    return { text, ...(summary === undefined ? {} : { meaning: l10n.t(summary) }) };
  });

const autoMountWords = (words: readonly string[]): readonly Word[] =>
  [...words, 'shmounts:'].map((text) => {
    const meaning = texts()[`lxc.mount.auto.${text}`] ?? texts()[`lxc.mount.auto.${text.split(':')[0] ?? ''}`];
    return { text, ...(meaning === undefined ? {} : { meaning }) };
  });

const examples = (...words: readonly string[]): readonly Word[] => words.map((text) => ({ text, isExample: true }));

/** What is written into a file of the control group. */
const parameterWords = (name: string): readonly Word[] => {
  const value = parametersNamed(name).find(({ version }) => version === 2)?.value;
  if (value === undefined) return [];
  if (value.kind === 'words') return value.words.map((text) => ({ text }));
  if (value.kind === 'boolean') return ['0', '1'].map((text) => ({ text }));
  if (value.kind.startsWith('device') || value.kind === 'namedValue') return [];
  return 'unlimited' in value ? [{ text: value.unlimited, meaning: l10n.t('no limit') }] : [];
};

/** What stands behind a line of fstab's third field, and what is put to `create=` and the like. */
const mountOptionWords = (release: LxcRelease): readonly Word[] => [
  ...wordsBelow('lxc.mount.entry', [
    'bind',
    'rbind',
    'ro',
    'create=dir',
    'create=file',
    'optional',
    'relative',
    'idmap=container',
  ]),
  ...['rw', 'nosuid', 'nodev', 'noexec', 'noatime', 'sync', 'private', 'rslave', 'shared'].map((text) => ({ text })),
  ...(release === '7.0' ? [{ text: 'nosymfollow' }] : []),
];

const fileSystems: readonly Word[] = ['none', 'tmpfs', 'proc', 'sysfs', 'cgroup2', 'mqueue', 'devpts', 'overlay'].map(
  (text) => ({ text }),
);

const storage = ['dir', 'overlay', 'btrfs', 'zfs', 'lvm', 'loop', 'nbd', 'rbd'];

const textWords = ({ key: { name }, rest }: NamedKey): readonly Word[] => {
  switch (name) {
    case 'lxc.apparmor.profile':
      return wordsBelow(name, ['generated', 'unconfined', 'unchanged']);
    case 'lxc.group':
      return examples('onboot');
    case 'lxc.net.N.hwaddr':
      return examples('00:16:3e:xx:xx:xx', '10:66:6a:xx:xx:xx');
    case 'lxc.cgroup2.':
      return parameterWords(rest ?? '');
    default:
      return [];
  }
};

/** All words that LXC of that release knows for a key, whatever stands in its value already. */
export const wordsOf = (named: NamedKey, release: LxcRelease): readonly Word[] => {
  const { name, value } = named.key;
  switch (value.kind) {
    case 'unsigned':
    case 'laxUnsigned':
      return value.most === 1 ? ['0', '1'].map((text) => ({ text })) : [];
    case 'word':
      return wordsBelow(
        name,
        value.words.filter((word) => {
          const since = value.since?.[word];
          return since === undefined || isKnownIn({ since }, release);
        }),
      );
    case 'words':
      return wordsBelow('lxc.namespace', value.words);
    case 'capabilities':
      return capabilityWords(value.words);
    case 'autoMounts':
      return autoMountWords(value.words);
    case 'logLevel':
      return logLevels.map((text) => ({ text }));
    case 'signal':
      return ['SIGRTMIN+3', ...signals].map((text) => ({ text }));
    case 'limit':
      return [{ text: 'unlimited', meaning: l10n.t('no limit') }];
    case 'flags':
      return [{ text: 'up' }];
    case 'vlan':
      return value.none ? [{ text: 'none' }] : [];
    case 'size':
      return [{ text: 'auto', meaning: '128 KiB' }, ...examples('128KB', '1MB')];
    case 'address':
      return value.form === 'gateway' ? wordsBelow('lxc.net.N.gateway', ['auto', 'dev']) : [];
    case 'mountEntry':
      return mountOptionWords(release);
    case 'mountOptions':
      return mountOptionWords(release).filter(({ text }) => !/^(?:r?bind|create=|optional|relative)/u.test(text));
    case 'path':
      return name === 'lxc.console.path' ? [{ text: 'none' }] : [];
    case 'text':
      return textWords(named);
    default:
      return [];
  }
};

/** What stands between the words of a value: nothing where it is one word. */
const separatorOf = ({ key: { name, value } }: NamedKey): RegExp | undefined => {
  switch (value.kind) {
    case 'words':
    case 'capabilities':
    case 'autoMounts':
      return /[ \t]/u;
    case 'mountOptions':
      return /,/u;
    case 'limit':
      return /:/u;
    default:
      return name === 'lxc.group' ? /[ \t]/u : undefined;
  }
};

/** The word of a text that a place touches, between separators. */
const wordAt = (text: string, at: number, separator: RegExp): Span => {
  let start = at;
  while (start > 0 && !separator.test(text.charAt(start - 1))) start--;
  let end = at;
  while (end < text.length && !separator.test(text.charAt(end))) end++;
  return { start, end };
};

/** Fields of a line of fstab: source, target, type, options, and two numbers. */
const mountField = (value: string, at: number): Span & { readonly index: number } => {
  const span = wordAt(value, at, /[ \t]/u);
  return { ...span, index: value.slice(0, span.start).match(/[^ \t]+/gu)?.length ?? 0 };
};

/** What a place in a value is: the span of its word, and the words that could stand there. */
export interface WordPlace extends Span {
  readonly words: readonly Word[];
  /** Of a mount. */
  readonly field?: number;
}

export const placeInValue = (named: NamedKey, value: string, at: number, release: LxcRelease): WordPlace => {
  const { name, value: type } = named.key;
  if (type.kind === 'mountEntry') {
    const field = mountField(value, at);
    if (field.index === 2) return { ...field, field: 2, words: fileSystems };
    if (field.index !== 3) return { ...field, field: field.index, words: [] };
    const inside = wordAt(value.slice(field.start, field.end), at - field.start, /,/u);
    return {
      start: field.start + inside.start,
      end: field.start + inside.end,
      field: 3,
      words: mountOptionWords(release),
    };
  }
  if (name === 'lxc.rootfs.path') {
    const colon = value.indexOf(':');
    const end = colon < 0 ? value.length : colon + 1;
    return at > end || (colon >= 0 && at === end)
      ? { start: Math.min(end, at), end: value.length, words: [] }
      : {
          start: 0,
          end,
          words: wordsBelow(name, storage).map((word) => ({ ...word, text: `${word.text}:` })),
        };
  }
  const separator = separatorOf(named);
  const span = separator === undefined ? { start: 0, end: value.length } : wordAt(value, at, separator);
  return { ...span, words: wordsOf(named, release) };
};

/** Where the words of a value stand that are looked up, of a mount its options. */
export const placesIn = (named: NamedKey, value: string): readonly Span[] => {
  const isMount = named.key.value.kind === 'mountEntry';
  const options = isMount ? /^(?:[^ \t]+[ \t]+){3}/u.exec(value)?.[0].length : 0;
  if (options === undefined) return [];
  const separator = separatorOf(named);
  if (separator === undefined && !isMount) return [{ start: 0, end: value.length }];
  const text = isMount ? (/^[^ \t]*/u.exec(value.slice(options))?.[0] ?? '') : value;
  return [...text.matchAll(/[^ \t,:]+(?::[^ \t,]*)?/gu)].map(({ 0: word, index }) => ({
    start: options + index,
    end: options + index + word.length,
  }));
};
