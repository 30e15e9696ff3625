import * as l10n from '@vscode/l10n';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import type { Entry } from '../document.ts';
import { readNumber } from '../lxc/numbers.ts';
import type { Reading } from '../lxc/reading.ts';
import { quoteForFile } from '../nspawn/commandLine/settingsText.ts';
import type { NspawnDraft } from './draft.ts';
import { addProcessLimit } from './limitsToNspawn.ts';
import { isReadOnly, wordOfMount } from './mountsToNspawn.ts';
import { reasonFor } from './reasons.ts';

export const isYes = (entry: Entry): boolean => readNumber(entry.value) === 1n;

/** What asks systemd to end; LXC finds out by itself whether init is systemd. */
const endsSystemd = /^(?:sig)?rtmin\+3$/iu;

/** LXC 5.0 has no quotes; later ones take them round whole words, and leave out what follows one that is not closed. */
const wordsOf = (command: string, release: LxcRelease): readonly string[] =>
  release === '5.0'
    ? command.split(/[ \t]+/u).filter((word) => word !== '')
    : [...command.matchAll(/"([^"]*)"|'([^']*)'|["'].*$|[^ \t]+/gu)].flatMap(([word, double, single]) =>
        double === undefined && single === undefined && /^["']/u.test(word) ? [] : (double ?? single ?? word),
      );

export const addInit = (to: NspawnDraft, reading: Reading, release: LxcRelease): void => {
  const [entry, halt, cwd] = ['init.cmd', 'signal.halt', 'init.cwd'].map((key) =>
    reading.entriesOf(`lxc.${key}`).at(-1),
  );
  const [init = '/sbin/init', ...rest] = wordsOf(entry?.value ?? '', release);
  // Boot= looks for systemd first, and one that ends by another signal is none.
  const isSystemd = init === '/sbin/init' && (halt === undefined || endsSystemd.test(halt.value));
  to.set('Exec', 'Boot', isSystemd ? 'yes' : 'no', entry);
  const parameters = (isSystemd ? rest : [init, ...rest]).map(quoteForFile);
  if (parameters.length > 0)
    to.set(
      'Exec',
      'Parameters',
      parameters.every((word) => word !== undefined) ? parameters.join(' ') : undefined,
      entry ?? halt,
    );
  if (cwd !== undefined) to.set('Exec', 'WorkingDirectory', cwd.value, cwd);
};

const personalities: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['athlon', 'i386', 'i486', 'i586', 'i686', 'linux32', 'x86'].map((word) => [word, 'x86'])),
  ...Object.fromEntries(['arm', 'armel', 'armhf', 'armv7l'].map((word) => [word, 'arm'])),
  ...Object.fromEntries(['powerpc', 'ppc'].map((word) => [word, 'ppc'])),
};

/** Of each family of words LXC takes the last one; `mixed` is what systemd-nspawn has. */
export const addAutoMounts = (to: NspawnDraft, entries: readonly Entry[]): void => {
  const last = new Map<string, readonly [entry: Entry, mode: string]>();
  for (const entry of entries)
    for (const word of entry.value.split(/[ \t]+/u)) {
      const [family = '', mode = 'mixed'] = word.split(':');
      if (family !== '') last.set(family === 'cgroup2' ? 'cgroup' : family, [entry, mode]);
    }
  const [proc, sys, cgroup, shared] = ['proc', 'sys', 'cgroup', 'shmounts'].map((family) => last.get(family));
  const writable = [proc, sys].flatMap((found) => (found?.[1] === 'rw' ? [found[0]] : []));
  if (writable.length === 2) to.unit('Environment', 'SYSTEMD_NSPAWN_API_VFS_WRITABLE=yes');
  else
    for (const entry of writable)
      to.notes.lost(entry, l10n.t('systemd-nspawn makes /proc/sys and /sys writable together or not at all.'));
  if (cgroup?.[1] === 'ro')
    to.notes.lost(cgroup[0], l10n.t('systemd-nspawn lets the machine write to its own part of the control groups.'));
  if (shared !== undefined)
    to.notes.lost(
      shared[0],
      l10n.t('systemd-nspawn has no directory for mounts from outside: machinectl bind takes its place.'),
    );
};

type Convert = (to: NspawnDraft, entry: Entry) => void;
const sets =
  (key: string, change: (value: string) => string | undefined = (value) => value): Convert =>
  (to, entry) => {
    to.set('Exec', key, change(entry.value), entry);
  };
const addEnvironment: Convert = (to, entry) => {
  if (entry.value.includes('=')) to.set('Exec', 'Environment', quoteForFile(entry.value), entry);
  else to.notes.lost(entry, l10n.t('It copies the variable of the caller; in a file, write NAME=VALUE.'));
};

/** Keys of which each line that counts becomes something by itself. */
export const converts: Readonly<Record<string, Convert>> = {
  'lxc.uts.name': sets('Hostname'),
  'lxc.environment': addEnvironment,
  'lxc.environment.runtime': addEnvironment,
  'lxc.signal.halt': sets('KillSignal'),
  'lxc.no_new_privs': (to, entry) => {
    if (isYes(entry)) to.set('Exec', 'NoNewPrivileges', 'yes', entry);
  },
  'lxc.arch': (to, entry) => {
    const personality = personalities[entry.value];
    // Words of 64 bits change nothing in LXC.
    if (personality !== undefined) to.set('Exec', 'Personality', personality, entry);
  },
  'lxc.prlimit.': (to, entry) => {
    addProcessLimit(to, entry, entry.key.slice('lxc.prlimit.'.length));
  },
  'lxc.proc.': (to, entry) => {
    if (entry.key === 'lxc.proc.oom_score_adj') to.set('Exec', 'OOMScoreAdjust', entry.value, entry);
    else to.notes.add(entry, reasonFor('lxc.proc.'));
  },
  'lxc.start.auto': (to, entry) => {
    if (isYes(entry))
      to.commands.push({
        why: l10n.t('Instead of lxc.start.auto: set that to 0, or both start'),
        line: `systemctl enable systemd-nspawn@${to.machine}.service`,
      });
  },
  'lxc.namespace.share.': (to, entry) => {
    if (entry.key === 'lxc.namespace.share.net' && entry.value.startsWith('/'))
      to.set('Network', 'NamespacePath', entry.value, entry);
    else to.notes.add(entry, reasonFor(entry.key));
  },
  'lxc.rootfs.options': (to, entry) => {
    const words = entry.value.split(',').map(wordOfMount);
    if (isReadOnly(words)) to.set('Files', 'ReadOnly', 'yes', entry);
    if (words.some((word) => !['', 'ro', 'rw', 'idmap=container'].includes(word)))
      to.notes.add(entry, reasonFor(entry.key));
  },
};
