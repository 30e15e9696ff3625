import * as l10n from '@vscode/l10n';
import { cgroupSchema } from '../../schema/cgroupSchema.ts';
import { lxcSchema } from '../../schema/lxcSchema.ts';
import type { LxcKey } from '../../schema/lxcTypes.ts';
import type { Context } from '../context.ts';
import type { BlockWord, Here, KeyWord, Suggestion, Vocabulary } from '../vocabulary.ts';
import { writtenName } from '../cgconfig/parameters.ts';
import { once } from '../once.ts';
import { lxcPlaceAt } from './cursorPlace.ts';
import { describeWord } from './describe.ts';
import { devicesAt, typeBefore } from './devices.ts';
import { isKnownIn, keyNamed, newNameOf, type NamedKey } from './keys.ts';
import { inheritedText } from './inherited.ts';
import { keyText, oldKeyText } from './keyText.ts';
import { wishesOf } from './wishes.ts';
import { placeInValue, wordsOf } from './words.ts';

/** Words that nearly nobody needs, which a list is not made longer with. */
const mostChosen = 12;

/** What a snippet puts behind a key. */
const snippetOf = (named: NamedKey, { lxcVersion }: Context): string => {
  switch (named.key.value.kind) {
    case 'clearOnly':
      return ' =';
    case 'idmap':
      return ' = ${1|u,g|} ${2:0} ${3:100000} ${4:65536}';
    case 'mountEntry':
      return ' = ${1:/srv} ${2:srv} none ${3:bind,create=dir} 0 0';
    case 'assignment':
      return ' = ${1:NAME}=${2:value}';
    case 'unsigned':
    case 'laxUnsigned':
    case 'word': {
      const words = wordsOf(named, lxcVersion).map(({ text }) => text);
      return words.length > 0 && words.length <= mostChosen ? ` = \${1|${words.join(',')}|}` : ' = $1';
    }
    default:
      return ' = $1';
  }
};

const suggestionsOf = (named: NamedKey, value: string, at: number, { lxcVersion }: Context): readonly Suggestion[] => {
  const { start, end, words } = placeInValue(named, value, at, lxcVersion);
  return words.map(({ text, isExample }) => ({
    text,
    start,
    end,
    ...(isExample === true
      ? { detail: l10n.t('an example') }
      : text === named.key.default
        ? { detail: l10n.t('default') }
        : {}),
  }));
};

const wordFor = (written: string, named: NamedKey, context: Context, here: Here): KeyWord => ({
  name: written,
  documentation: () => keyText(named, written, context),
  snippet: snippetOf(named, context),
  single: named.key.repeat !== 'append' && named.key.value.kind !== 'include',
  deprecated: named.key.until !== undefined,
  suggestions: (value, at) => suggestionsOf(named, value, at, context),
  wishes: (value, at) =>
    wishesOf(named, value, at, named.index === undefined ? undefined : typeBefore(here, named.index)),
  describe: (value, at) => describeWord(named, value, at, context),
});

/** A key of LXC 1 and 2, for hover. */
const oldWord = (written: string, now: string | null): KeyWord => ({
  name: written,
  documentation: () => oldKeyText(written, now),
  snippet: '',
  single: false,
  deprecated: true,
  suggestions: () => [],
  wishes: () => [],
  describe: () => undefined,
});

const limited = once(() => {
  const limit = lxcSchema.keys.find(({ name }) => name === 'lxc.prlimit.')?.value;
  return limit?.kind === 'limit' ? limit.words : [];
});

/** Files that are set once, and not such as move a process or ask the kernel for a message. */
const parameters = once(() =>
  cgroupSchema.parameters
    .filter(
      ({ version, access, scope, deprecated }) => version === 2 && access !== 'read' && scope !== 'root' && !deprecated,
    )
    .filter(
      ({ value: { kind } }) => kind !== 'pressure' && kind !== 'taskIds' && kind !== 'statistics' && kind !== 'reclaim',
    )
    .map(writtenName),
);

const namespaces = ['net', 'ipc', 'pid', 'uts', 'user', 'mnt', 'cgroup', 'time'];

/** What a family goes on with, where that is known. */
const restsOf = ({ name }: LxcKey): readonly string[] => {
  switch (name) {
    case 'lxc.prlimit.':
      return limited();
    case 'lxc.cgroup2.':
      return parameters();
    case 'lxc.namespace.share.':
      return namespaces;
    case 'lxc.proc.':
      return ['oom_score_adj', 'coredump_filter'];
    case 'lxc.sysctl.':
      return ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding', 'kernel.shm_rmid_forced', 'fs.mqueue.msg_max'];
    default:
      return [];
  }
};

const prefix = 'lxc.net.N.';

const namesIn = (context: Context, here: Here): readonly string[] => {
  const { free, open } = devicesAt(here);
  const subkeys = lxcSchema.keys.filter((key) => key.name.startsWith(prefix) && isKnownIn(key, context.lxcVersion));
  const ofDevices = open.flatMap((index) => {
    const type = typeBefore(here, index);
    return subkeys
      .filter(({ needs }) => needs === undefined || type === undefined || needs === type)
      .map(({ name }) => `lxc.net.${index}.${name.slice(prefix.length)}`);
  });
  const others = lxcSchema.keys.flatMap((key) => {
    if (key.name.startsWith(prefix) || !isKnownIn(key, context.lxcVersion)) return [];
    return key.name.endsWith('.') ? restsOf(key).map((rest) => `${key.name}${rest}`) : [key.name];
  });
  return [...new Set([`lxc.net.${free}.type`, ...ofDevices, ...others])];
};

/** Several lines at once. Whoever takes no snippets gets the first of them, which stands for itself. */
const linesIn = (here: Here): readonly BlockWord[] => {
  const { free } = devicesAt(here);
  const written = (line: string, documentation: string, note: string, snippet: string): BlockWord => ({
    keyword: '',
    name: line,
    written: line,
    documentation,
    note,
    snippet,
  });
  return [
    written(
      `lxc.net.${free}.type = veth`,
      l10n.t('A network device in the container whose other end is attached to a bridge of the host.'),
      l10n.t('device on a bridge'),
      `lxc.net.${free}.type = veth\nlxc.net.${free}.link = \${1:lxcbr0}\nlxc.net.${free}.flags = up\n$0`,
    ),
    written(
      'lxc.mount.entry = /srv srv none bind,create=dir 0 0',
      l10n.t('A directory of the host in the container; the second path has no slash in front.'),
      l10n.t('directory of the host'),
      'lxc.mount.entry = ${1:/srv} ${2:srv} none ${3|bind\\,create=dir,bind\\,ro\\,create=dir|} 0 0',
    ),
    written(
      'lxc.idmap = u 0 100000 65536',
      l10n.t(
        'Users and groups of the container as a range of the host, which /etc/subuid and /etc/subgid have to name.',
      ),
      l10n.t('users and groups'),
      'lxc.idmap = u 0 ${1:100000} ${2:65536}\nlxc.idmap = g 0 $1 $2',
    ),
  ];
};

/** What may be written in a configuration of LXC. */
export const lxcVocabulary: Vocabulary = {
  placeAt: lxcPlaceAt,
  blocks: (_path, _context, here) => linesIn(here),
  keys: (_path, context, here) =>
    namesIn(context, here).flatMap((name) => {
      const named = keyNamed(name);
      return named === undefined ? [] : [wordFor(name, named, context, here)];
    }),
  key: (_path, name, context, here) => {
    const named = keyNamed(name);
    if (named !== undefined) {
      const word = wordFor(name, named, context, here);
      return { ...word, documentation: () => word.documentation() + inheritedText(named, name, context, here) };
    }
    const now = newNameOf(name);
    return now === undefined ? undefined : oldWord(name, now);
  },
};
