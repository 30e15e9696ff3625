import * as l10n from '@vscode/l10n';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import { type Entry, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { shown } from '../shown.ts';
import type { Reading } from './reading.ts';
import { mountFails, mountOptionDropped, mountOptionOther } from './rules.ts';

/** Options of every mount, which LXC reads itself. */
const mountWords: readonly string[] = [
  ...['async', 'atime', 'bind', 'defaults', 'dev', 'diratime', 'dirsync', 'exec', 'lazytime', 'loud', 'mand'],
  ...['noatime', 'nodev', 'nodiratime', 'noexec', 'nolazytime', 'nomand', 'norelatime', 'nostrictatime', 'nosuid'],
  ...['private', 'rbind', 'relatime', 'remount', 'ro', 'rprivate', 'rshared', 'rslave', 'runbindable', 'rw', 'shared'],
  ...['slave', 'strictatime', 'suid', 'sync', 'unbindable'],
];
const wordsSince7: readonly string[] = ['move', 'nosymfollow'];
const ownWords: readonly string[] = ['optional', 'relative'];

const isOwn = (option: string): boolean => ownWords.includes(option) || /^(?:create|idmap)=/u.test(option);

/** Of tmpfs; what begins with one of LXC's words is taken for that word where it takes any beginning. */
const tmpfsAssignments =
  /^(?:size|nr_blocks|nr_inodes|mode|uid|gid|huge|mpol|casefold|(?:usr|grp)quota_\w+|(?:fs|def|root)?context)=/u;
const tmpfsWords = /^(?:huge|noswap|inode|quota|usrquota|grpquota|casefold|strict_encoding)/u;

interface Mount {
  readonly entry: Entry;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: readonly string[];
  /** Where they begin in the file. */
  readonly optionsAt: number;
  readonly isBind: boolean;
}

/** A line as LXC reads it; undefined for one without type, which is said elsewhere, and for one that is no mount. */
export const mountOf = (entry: Entry): Mount | undefined => {
  const [, before = '', source = '', target = '', type = '', written = ''] =
    /^([ \t]*([^ \t]+)[ \t]+([^ \t]+)[ \t]+([^ \t]+)[ \t]*)([^ \t]*)/u.exec(entry.value) ?? [];
  if (source.startsWith('#') || type === '') return undefined;
  const options = written.split(',');
  const isBind = options.some((option) => /^r?bind/u.test(option));
  return { entry, source, target, type, options, optionsAt: entry.valueStart + before.length, isBind };
};

const failureOf = ({ source, type, options, isBind }: Mount, release: LxcRelease): string | undefined => {
  if (source.startsWith('"'))
    return l10n.t`Quotes are a part of the path here; a blank in it is written ${'\\040'}, or the container does not start.`;
  if (options.some((option) => option.startsWith('idmap=')) && !isBind)
    return l10n.t('Only mounts with bind or rbind take an id map, so the container does not start.');
  const isChange = options.some((option) => /^(?:remount|move|r?private|r?shared|r?slave|r?unbindable)/u.test(option));
  if (type === 'none' && !isBind && !isChange && !options.includes('optional'))
    return l10n.t('A mount of the type none needs bind or rbind, or the container does not start.');
  if (type !== 'tmpfs' || isBind || isChange || options.includes('optional')) return undefined;
  const words = [...mountWords, ...(release === '7.0' ? wordsSince7 : [])];
  const begins = (option: string): boolean => words.some((word) => option.startsWith(word));
  const isUnknown = (option: string): boolean =>
    option.includes('=')
      ? !isOwn(option) && !tmpfsAssignments.test(option) && !(release === '7.0' && begins(option))
      : release === '7.0' && option !== '' && !isOwn(option) && !begins(option) && !tmpfsWords.test(option);
  const unknown = options.find(isUnknown);
  if (unknown === undefined) return undefined;
  return unknown.includes('=')
    ? l10n.t`The file system tmpfs knows no option ${shown(unknown)}, so the container does not start.`
    : l10n.t('LXC 7.0 hands words that it does not know to the file system, and tmpfs refuses this one.');
};

/** What LXC leaves out of the options, or takes for others. */
const surprisesOf = ({ entry, type, options, optionsAt, isBind }: Mount, release: LxcRelease): readonly Finding[] => {
  const words = [...mountWords, ...(release === '7.0' ? wordsSince7 : [])];
  let end = optionsAt - 1;
  const findings = options.flatMap((option): readonly Finding[] => {
    const start = end + 1;
    end = start + option.length;
    if (option === '' || isOwn(option) || option.includes('=') || words.includes(option)) return [];
    const span = { start, end };
    const longest = words.filter((word) => option.startsWith(word)).sort((a, b) => b.length - a.length)[0];
    if (longest !== undefined)
      return [
        found(
          mountOptionOther,
          span,
          entry.line,
          l10n.t`LXC only compares the beginning, so this is ${longest}: write that, or take it out.`,
        ),
      ];
    if (release === '7.0' && !isBind) return [];
    const message = wordsSince7.includes(option)
      ? l10n.t`LXC ${release} does not know this option and leaves it out; LXC 7.0 brought it.`
      : isBind
        ? l10n.t('LXC and the kernel leave this option out of a bind mount.')
        : l10n.t`LXC ${release} leaves out words that it does not know, also those of the file system.`;
    return [found(mountOptionDropped, span, entry.line, message)];
  });
  if (options.includes('rbind') && options.includes('ro') && type !== 'tmpfs')
    findings.push(
      found(
        mountOptionOther,
        valueSpan(entry),
        entry.line,
        l10n.t('With rbind, ro only holds for the topmost mount: what is mounted below it can be written to.'),
      ),
    );
  const [, before = '', rest = ''] = /^([ \t]*[^ \t]+(?:[ \t]+[^ \t]+){3}[ \t]+)(.*)$/su.exec(entry.value) ?? [];
  if (/^[a-z]/u.test(rest)) {
    const start = entry.valueStart + before.length;
    findings.push(
      found(
        mountOptionDropped,
        { start, end: entry.valueEnd },
        entry.line,
        l10n.t('A blank ends the options, so LXC leaves this out: options have commas between them and no blanks.'),
      ),
    );
  }
  return findings;
};

const checkMount = (entry: Entry, release: LxcRelease): readonly Finding[] => {
  const mount = mountOf(entry);
  if (mount === undefined) return [];
  const message = failureOf(mount, release);
  const failing = message === undefined ? [] : [found(mountFails, valueSpan(entry), entry.line, message)];
  return [...failing, ...surprisesOf(mount, release)];
};

export const checkMounts = (reading: Reading, release: LxcRelease): readonly Finding[] =>
  reading.entriesOf('lxc.mount.entry').flatMap((entry) => checkMount(entry, release));
