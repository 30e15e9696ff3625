import type { Doubt } from '../../entry.ts';

export interface Told {
  readonly filter: readonly string[];
  readonly families: readonly string[];
}

export interface CommandLine extends Told {
  readonly mode: string;
  /** The name that it was given; without one it is named after its tree. */
  readonly machine: string | undefined;
  /** Paths of the image or the directory. */
  readonly trees: readonly string[];
  readonly doubts: readonly Doubt[];
}

/** Options of which the next word is no argument, of any version. */
const alone: ReadonlySet<string> = new Set([
  ...['as-pid2', 'boot', 'cleanup', 'ephemeral', 'help', 'keep-unit', 'network-veth', 'no-ask-password', 'no-pager'],
  ...[
    'pipe',
    'private-network',
    'private-users',
    'private-users-chown',
    'quiet',
    'read-only',
    'share-system',
    'system',
  ],
  ...['version', 'volatile'],
]);

/** Options that take the next word, unless their argument stands behind a `=`. */
const withArgument: ReadonlySet<string> = new Set([
  ...['ambient-capability', 'background', 'bind', 'bind-ro', 'bind-user', 'bind-user-group', 'bind-user-shell'],
  ...['capability', 'chdir', 'console', 'cpu-affinity', 'directory', 'drop-capability', 'forward-journal'],
  ...['forward-journal-keep-free', 'forward-journal-max-file-size', 'forward-journal-max-files'],
  ...['forward-journal-max-use', 'hostname', 'image', 'image-policy', 'inaccessible', 'kill-signal', 'link-journal'],
  ...['load-credential', 'machine', 'mstack', 'network-bridge', 'network-interface', 'network-ipvlan'],
  ...['network-macvlan', 'network-namespace-path', 'network-veth-extra', 'network-zone', 'no-new-privileges'],
  ...['notify-ready', 'oci-bundle', 'oom-score-adjust', 'overlay', 'overlay-ro', 'personality', 'pivot-root', 'port'],
  ...['private-users-delegate', 'private-users-ownership', 'property', 'register', 'resolv-conf'],
  ...['restrict-address-families', 'rlimit', 'root-hash', 'root-hash-sig', 'selinux-apifs-context', 'selinux-context'],
  ...['set-credential', 'setenv', 'settings', 'slice', 'suppress-sync', 'system-call-filter', 'template', 'timezone'],
  ...['tmpfs', 'uid', 'uuid', 'verity-data'],
]);

const shortAlone = 'abhjnPqUx';

/** Short options that take the rest of their word, or the next one. */
const shortWithArgument: ReadonlyMap<string, string> = new Map([
  ...([
    ['D', 'directory'],
    ['E', 'setenv'],
    ['i', 'image'],
    ['L', 'selinux-apifs-context'],
    ['M', 'machine'],
  ] as const),
  ...([
    ['p', 'port'],
    ['S', 'slice'],
    ['u', 'uid'],
    ['Z', 'selinux-context'],
  ] as const),
]);

interface Option {
  readonly name: string;
  readonly value: string;
}

interface Word {
  /** Of an option whose argument is in the next word, its name alone. */
  readonly option?: Option | string;
  /** An option that is not known here; `open` where the next word may belong to it. */
  readonly unread?: 'closed' | 'open';
}

const readLong = (word: string, next: string | undefined): Word => {
  const end = word.indexOf('=');
  const name = end < 0 ? word : word.slice(0, end);
  const isKnown = alone.has(name) || withArgument.has(name) || name === 'user';
  if (end >= 0) return isKnown ? { option: { name, value: word.slice(end + 1) } } : { unread: 'closed' };
  // Up to 260 it takes the next word in any case, from then on one that is no option.
  if (name === 'user') return next?.startsWith('-') === false ? { option: name } : {};
  if (alone.has(name)) return {};
  return withArgument.has(name) ? { option: name } : { unread: 'open' };
};

const readShort = (letters: string): Word => {
  for (let index = 0; index < letters.length; index++) {
    const letter = letters.charAt(index);
    if (shortAlone.includes(letter)) continue;
    const name = shortWithArgument.get(letter);
    if (name === undefined) return { unread: 'open' };
    const rest = letters.slice(index + 1);
    return { option: rest === '' ? name : { name, value: rest } };
  }
  return {};
};

interface Read {
  readonly options: readonly Option[];
  readonly unread: boolean;
}

/** The options up to the program, as getopt finds them: what stands behind `--`, or behind the first word that is none, is the machine's. */
const readOptions = (words: readonly string[]): Read => {
  const options: Option[] = [];
  const state = { unread: false };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--' || word === '-' || !word.startsWith('-')) break;
    const next = words[index + 1];
    const { option, unread } = word.startsWith('--') ? readLong(word.slice(2), next) : readShort(word.slice(1));
    if (unread !== undefined) state.unread = true;
    // From here on nobody can tell what is an option, and what is the program.
    if (unread === 'open') break;
    if (typeof option === 'object') options.push(option);
    if (typeof option !== 'string') continue;
    options.push({ name: option, value: next ?? '' });
    index += 1;
  }
  return { options, ...state };
};

/** Reads the command line of the systemd-nspawn that runs a machine, each word ended by a NUL. */
export const parseCommandLine = (text: string): CommandLine => {
  const { options, unread } = readOptions(text.split('\0').slice(1));
  const valuesOf = (...names: readonly string[]): readonly string[] =>
    options.flatMap(({ name, value }) => (names.includes(name) ? value : []));
  return {
    filter: valuesOf('system-call-filter'),
    families: valuesOf('restrict-address-families'),
    mode: valuesOf('settings').at(-1) ?? 'yes',
    machine: valuesOf('machine').at(-1),
    trees: valuesOf('directory', 'image', 'template'),
    doubts: [
      ...(unread ? [{ kind: 'unreadOption' } as const] : []),
      ...(valuesOf('selinux-context').length > 0 ? [{ kind: 'selinuxLabel' } as const] : []),
      ...(valuesOf('oci-bundle').length > 0 ? [{ kind: 'ociBundle' } as const] : []),
    ],
  };
};
