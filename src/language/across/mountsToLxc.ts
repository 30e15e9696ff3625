import * as l10n from '@vscode/l10n';
import type { Entry } from '../document.ts';
import type { FoundPath } from '../namedOnHost.ts';
import { extractWords } from '../nspawn/values/extractWord.ts';
import { quoteForShell } from '../shellWords.ts';
import { fieldOf } from './fstabFields.ts';
import type { LxcDraft } from './lxcDraft.ts';
import { noKey } from './reasons.ts';

/** The parts between colons, as systemd reads them. */
const partsOf = (value: string): readonly string[] =>
  extractWords(value, { separators: ':', emptyWords: true }).words.map(({ text }) => text);

/** What is bound is a file or a directory, and LXC has to be told which. */
export type KindOf = (path: string) => FoundPath | undefined;

const isFile = (path: string, kindOf: KindOf): boolean => {
  const kind = kindOf(path);
  if (kind === 'directory' || kind === 'mountPoint' || kind === 'onOverlay') return false;
  // A name with a point in it, or a device, is a file more often than not.
  return kind === 'other' || /^\/dev\/|[^/]\.[^/]+$/u.test(path);
};

/** A target is relative to the root file system. */
const targetOf = (path: string): string | undefined => {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return names.length === 0 || names.includes('..') ? undefined : fieldOf(names.join('/'));
};

/** What rules of every container allow. */
const isAllowedAnyway = /^\/dev\/(?:null|zero|full|u?random|tty|ptmx|fuse|net\/tun|shm\/.*)$/u;

const addBind = (to: LxcDraft, entry: Entry, kindOf: KindOf): void => {
  const [first = '', second = '', ...more] = partsOf(entry.value);
  const isInside = first.startsWith('+');
  const path = isInside ? first.slice(1) : first;
  const words = more.join(':').split(',');
  const source = fieldOf(isInside ? path.replace(/^\/+/u, '') : path);
  const target = targetOf(second === '' ? path : second);
  if (source === undefined || target === undefined || (!isInside && !path.startsWith('/'))) {
    to.notes.lost(entry, l10n.t('LXC binds an absolute path to one below the root file system.'));
    return;
  }
  if (source.startsWith('#')) {
    to.notes.lost(entry, l10n.t('A source that begins with # is a comment for LXC.'));
    return;
  }
  const isOfFile = isFile(path, kindOf);
  const isWithBelow = !words.includes('norbind');
  // With rbind LXC would make the topmost mount read-only alone.
  const isCut = isWithBelow && entry.key === 'BindReadOnly';
  const options = [
    isWithBelow && !isCut ? 'rbind' : 'bind',
    ...(entry.key === 'BindReadOnly' ? ['ro'] : []),
    ...(words.includes('idmap') ? ['idmap=container'] : []),
    ...(isInside ? ['relative'] : []),
    isOfFile ? 'create=file' : 'create=dir',
  ];
  to.set('lxc.mount.entry', `${source} ${target} none ${options.join(',')} 0 0`, entry);
  if (words.some((word) => word === 'rootidmap' || word === 'owneridmap'))
    to.notes.lost(entry, l10n.t('LXC maps a mount like the container or not at all.'));
  if (isCut && !isOfFile)
    to.notes.lost(entry, l10n.t('What is mounted below is left out, because LXC would not make that read-only.'));
  if (path.startsWith('/dev/') && !isAllowedAnyway.test(path))
    to.notes.lost(
      entry,
      l10n.t(
        'Where the unit of the machine allows this device by DeviceAllow=, write lxc.cgroup2.devices.allow with its numbers.',
      ),
    );
  if (kindOf(path) === undefined)
    to.notes.lost(entry, l10n.t('create=file is for a source that is a file, create=dir for a directory.'));
};

const addTmpfs = (to: LxcDraft, entry: Entry): void => {
  const [path = '', ...options] = partsOf(entry.value);
  const target = targetOf(path);
  const words = options.join(':');
  if (target === undefined || /[\s#\\]/u.test(words)) to.notes.lost(entry, noKey());
  else to.set('lxc.mount.entry', `tmpfs ${target} tmpfs ${words === '' ? 'mode=0755' : words},create=dir 0 0`, entry);
};

const addOverlay = (to: LxcDraft, entry: Entry): void => {
  const parts = partsOf(entry.value);
  const isReadOnly = entry.key === 'OverlayReadOnly';
  const target = targetOf(parts.at(-1) ?? '');
  // With two parts the last one is the target and the lower directory alike.
  const paths = parts.slice(0, -1);
  if (target === undefined || paths.length < 2 || !paths.every((path) => /^\/[^\s,:\\#\p{Cc}\p{Cs}]*$/u.test(path))) {
    to.notes.lost(
      entry,
      l10n.t('LXC mounts overlays of absolute paths without blanks, commas, colons and backslashes.'),
    );
    return;
  }
  const upper = isReadOnly ? undefined : paths.at(-1);
  const lower = (isReadOnly ? paths : paths.slice(0, -1)).toReversed().join(':');
  const work = `${upper ?? ''}.work`;
  const options =
    upper === undefined ? [`lowerdir=${lower}`] : [`lowerdir=${lower}`, `upperdir=${upper}`, `workdir=${work}`];
  to.set('lxc.mount.entry', `overlay ${target} overlay ${[...options, 'create=dir'].join(',')} 0 0`, entry);
  if (upper !== undefined)
    to.commands.push({ why: l10n.t('An overlay needs a work directory'), line: `mkdir -p -- ${quoteForShell(work)}` });
};

/** Adds one line of [Files] that mounts something. */
export const addMountOf = (to: LxcDraft, entry: Entry, kindOf: KindOf): void => {
  switch (entry.key) {
    case 'Bind':
    case 'BindReadOnly':
      addBind(to, entry, kindOf);
      return;
    case 'TemporaryFileSystem':
      addTmpfs(to, entry);
      return;
    default:
      addOverlay(to, entry);
  }
};
