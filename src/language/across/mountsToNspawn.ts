import * as l10n from '@vscode/l10n';
import type { Entry } from '../document.ts';
import { mountOf } from '../lxc/startMounts.ts';
import type { NspawnDraft } from './draft.ts';
import { pathInField } from './fstabFields.ts';
import { cannotHold } from './reasons.ts';

/** A path in a value whose parts have colons between them. */
const inColons = (path: string): string => path.replaceAll(/[\\:]/gu, '\\$&');

/** Words that say nothing that is not so anyway. */
const usual = /^(?:|defaults|rw|r?bind|ro|create=(?:dir|file)|relative|optional|idmap=container|dev|exec|suid|async)$/u;

/** LXC compares the beginning of a word only, such as that of `rofoo`. */
export const wordOfMount = (option: string): string =>
  /^(?:ro|rw|r?bind)(?=[^=]*$)/u.exec(option)?.[0] ?? (option.startsWith('ro') ? 'ro' : option);

/** The last word counts. */
export const isReadOnly = (words: readonly string[]): boolean =>
  words.findLast((word) => word === 'ro' || word === 'rw') === 'ro';

/** A mount with its paths as they are. */
interface Mount {
  readonly entry: Entry;
  readonly source: string;
  /** In the container, absolute. */
  readonly target: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** Where LXC mounts: what is absolute has to begin with the root file system, or it does not count. */
const targetOf = (written: string, roots: readonly string[]): string | undefined => {
  const path = pathInField(written);
  if (path.split('/').includes('..')) return undefined;
  if (!path.startsWith('/')) return `/${path}`;
  const root = roots.find((one) => one !== '' && path.startsWith(`${one}/`));
  return root === undefined ? undefined : path.slice(root.length);
};

const bind = (to: NspawnDraft, { entry, source, target, options }: Mount): void => {
  const isInside = options.includes('relative');
  if (!source.startsWith('/') && !isInside) {
    to.notes.lost(entry, l10n.t('The source is relative to where LXC was called: write all of its path.'));
    return;
  }
  if (options.some((option) => option.startsWith('idmap=') && option !== 'idmap=container')) {
    to.notes.lost(entry, l10n.t('systemd-nspawn knows the id map of the machine only, so idmap= takes no file.'));
    return;
  }
  const path = isInside ? `+/${source.replace(/^\/+/u, '')}` : source;
  const words = [
    options.includes('rbind') ? 'rbind' : 'norbind',
    ...(options.includes('idmap=container') ? ['idmap'] : []),
  ];
  const key = isReadOnly(options) ? 'BindReadOnly' : 'Bind';
  to.set('Files', key, `${inColons(path)}:${inColons(target)}:${words.join(',')}`, entry);
  if (key === 'BindReadOnly' && options.includes('rbind'))
    to.notes.lost(entry, l10n.t('systemd-nspawn makes what is mounted below read-only as well, and LXC does not.'));
  if (options.includes('optional'))
    to.notes.lost(entry, l10n.t('systemd-nspawn does not start the machine where the source is missing.'));
  const left = options.filter((option) => !usual.test(option));
  if (left.length > 0)
    to.notes.lost(entry, l10n.t`systemd-nspawn has no such options for a bind mount: ${left.join(',')}`);
};

/** Options that tmpfs and systemd-nspawn both take. */
const forTmpfs =
  /^(?:ro|rw|nosuid|suid|nodev|dev|noexec|exec|noatime|relatime|(?:size|nr_inodes|nr_blocks)=\d+[kmgKMG%]?|mode=[0-7]+|[ug]id=\d+)$/u;

const tmpfs = (to: NspawnDraft, { entry, target, options }: Mount): void => {
  const taken = options.filter((option) => forTmpfs.test(option));
  // The kernel's own, where systemd-nspawn has others.
  if (!taken.some((option) => option.startsWith('mode='))) taken.push('mode=1777');
  to.set('Files', 'TemporaryFileSystem', `${inColons(target)}:${taken.join(',')}`, entry);
  const left = options.filter((option) => !forTmpfs.test(option) && !usual.test(option));
  if (left.length > 0) to.notes.lost(entry, l10n.t`These options of the mount are left out: ${left.join(',')}`);
};

const overlay = (to: NspawnDraft, { entry, target, options }: Mount): void => {
  const valueOf = (name: string): string => options.find((one) => one.startsWith(name))?.slice(name.length) ?? '';
  const lower = valueOf('lowerdir=').split(':').reverse();
  const upper = valueOf('upperdir=');
  const paths = [...lower, ...(upper === '' ? [] : [upper])];
  if (!paths.every((path) => /^\/[^\\]*$/u.test(path)) || (upper === '' && lower.length < 2)) {
    to.notes.lost(entry, l10n.t('Overlay= takes absolute paths without a backslash.'));
    return;
  }
  const key = upper === '' || isReadOnly(options) ? 'OverlayReadOnly' : 'Overlay';
  to.set('Files', key, [...paths, target].map((path) => path.replaceAll(':', '\\:')).join(':'), entry);
  const left = options.filter((option) => !/^(?:lower|upper|work)dir=/u.test(option) && !usual.test(option));
  if (left.length > 0) to.notes.lost(entry, l10n.t`These options of the mount are left out: ${left.join(',')}`);
};

/** Places that systemd-nspawn fills itself. */
const ownPlaces = /^\/(?:proc|sys|dev)(?:\/|$)/u;
const ownDevices = /^\/dev\/(?:null|zero|full|u?random|tty|ptmx|console|pts|shm|mqueue)(?:\/|$)/u;

/** What systemd-nspawn has there by itself. */
const ownTypes: ReadonlyMap<string, string> = new Map([
  ['/proc', 'proc'],
  ['/sys', 'sysfs'],
  ['/sys/fs/cgroup', 'cgroup2'],
  ['/dev/pts', 'devpts'],
  ['/dev/mqueue', 'mqueue'],
]);
const kernelTypes = new Set([...ownTypes.values(), 'cgroup', 'devtmpfs']);

const isThereAnyway = ({ source, target, type }: Mount): boolean =>
  ownTypes.get(target) === type || (source === target && /^\/dev\/(?:null|zero|full|u?random|tty)$/u.test(target));

/** Adds a line of lxc.mount.entry; `roots` are where the root file system is seen by LXC. */
export const addMount = (to: NspawnDraft, entry: Entry, roots: readonly string[]): void => {
  const read = mountOf(entry);
  if (read === undefined) {
    to.notes.lost(entry, l10n.t('This is no mount: SOURCE TARGET TYPE OPTIONS.'));
    return;
  }
  const target = targetOf(read.target, roots);
  if (target === undefined) {
    to.notes.lost(
      entry,
      l10n.t('Write the target relative to the root file system and without .., and convert again.'),
    );
    return;
  }
  const { type } = read;
  const options = read.options.map(wordOfMount);
  const source = pathInField(read.source);
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(`${source}${target}${options.join('')}`)) {
    to.notes.lost(entry, cannotHold());
    return;
  }
  const mount = { entry, source, target, type, options };
  const place = target.replaceAll(/\/+(?:\.\/+)*/gu, '/').replace(/\/\.?$/u, '');
  if (isThereAnyway({ ...mount, target: place }))
    to.notes.tell(entry, l10n.t('systemd-nspawn fills /proc, /sys and /dev itself.'));
  else if (
    (!/^\/dev\/./u.test(source) && ownPlaces.test(place) && (type !== 'tmpfs' || !/^\/dev\/./u.test(place))) ||
    ownDevices.test(place)
  )
    to.notes.lost(entry, l10n.t('systemd-nspawn fills /proc, /sys and /dev itself, so this is not mounted there.'));
  else if (read.isBind) bind(to, mount);
  else if (type === 'tmpfs') tmpfs(to, mount);
  else if (type === 'overlay') overlay(to, mount);
  else if (kernelTypes.has(type))
    to.notes.lost(entry, l10n.t('systemd-nspawn mounts a file system of the kernel at its usual place only.'));
  else
    to.notes.lost(
      entry,
      l10n.t('systemd-nspawn mounts no such file system: mount it on the host, and bind it from there.'),
    );
};
