import * as l10n from '@vscode/l10n';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import { parametersNamed } from '../cgconfig/parameters.ts';
import type { Entry } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import type { Reading } from './reading.ts';
import {
  deviceRule,
  hostRenamed,
  initCommand,
  kernelRefuses,
  mountFails,
  namespaceCombination,
  startHookArguments,
  ttyDirectory,
} from './rules.ts';

const valueSpan = ({ valueStart, valueEnd }: Entry): { readonly start: number; readonly end: number } => ({
  start: valueStart,
  end: valueEnd,
});

/** Options of every mount, which LXC reads itself; before 7.0 it drops what it does not know. */
const mountWords: ReadonlySet<string> = new Set([
  ...['async', 'atime', 'bind', 'defaults', 'dev', 'diratime', 'dirsync', 'exec', 'lazytime', 'loud', 'mand'],
  ...[
    'move',
    'noatime',
    'nodev',
    'nodiratime',
    'noexec',
    'nolazytime',
    'nomand',
    'norelatime',
    'nostrictatime',
    'nosuid',
    'nosymfollow',
  ],
  ...[
    'optional',
    'private',
    'rbind',
    'relatime',
    'relative',
    'remount',
    'ro',
    'rprivate',
    'rshared',
    'rslave',
    'runbindable',
  ],
  ...['rw', 'shared', 'slave', 'strictatime', 'suid', 'sync', 'unbindable'],
]);

const isPlainWord = (option: string): boolean => !option.includes('=') && option !== '';

const checkMount = (entry: Entry, release: LxcRelease): readonly Finding[] => {
  const [source = '', , type, written = ''] = entry.value.trim().split(/[ \t]+/u);
  if (source.startsWith('#') || type === undefined) return [];
  if (source.startsWith('"'))
    return [
      found(
        mountFails,
        valueSpan(entry),
        entry.line,
        l10n.t`Quotes are a part of the path here; a blank in it is written ${'\\040'}, or the container does not start.`,
      ),
    ];
  const options = written.split(',');
  const isBind = options.some((option) => /^r?bind/u.test(option));
  const fails = (message: string): readonly Finding[] => [found(mountFails, valueSpan(entry), entry.line, message)];
  if (options.some((option) => option.startsWith('idmap=')) && !isBind)
    return fails(l10n.t('Only mounts with bind or rbind take an id map, so the container does not start.'));
  const isChange = options.some((option) => /^(?:remount|move|r?private|r?shared|r?slave|r?unbindable)/u.test(option));
  if (type === 'none' && !isBind && !isChange && !options.includes('optional'))
    return fails(l10n.t('A mount of the type none needs bind or rbind, or the container does not start.'));
  const unknown = options.find((option) => isPlainWord(option) && !mountWords.has(option));
  // Which words of its own a file system knows is not known here, but tmpfs takes none but these.
  return release === '7.0' &&
    type === 'tmpfs' &&
    unknown !== undefined &&
    !/^(?:huge|noswap|inode|ro|rw)/u.test(unknown)
    ? fails(l10n.t('LXC 7.0 hands words that it does not know to the file system, and tmpfs refuses this one.'))
    : [];
};

const isDeviceRule = (value: string, isAllowing: boolean): boolean =>
  value === 'a' ||
  /^[abc][ \t]+(?:\*|\d+):(?:\*|\d+)[ \t]+[rwm]{1,3}$/u.test(value) ||
  (isAllowing && /^\/dev\/\S+[ \t]+[rwm]{1,3}$/u.test(value));

const checkDeviceRules = (reading: Reading): readonly Finding[] => {
  const inFamily = reading.inFamily('lxc.cgroup2.');
  const rules = ['allow', 'deny'].flatMap((verb) => inFamily.get(`lxc.cgroup2.devices.${verb}`) ?? []);
  const wrong = rules.filter(({ key, value }) => !isDeviceRule(value, key.endsWith('.allow')));
  const findings = wrong.map((entry) =>
    found(
      deviceRule,
      valueSpan(entry),
      entry.line,
      l10n.t('LXC leaves this rule out: one is “a”, or a kind, two numbers and letters, as in “c 1:3 rwm”.'),
    ),
  );
  const [only, ...more] = rules;
  if (only !== undefined && more.length === 0 && !reading.isUnsure && only.key.endsWith('.deny') && only.value === 'a')
    findings.push(
      found(
        deviceRule,
        valueSpan(only),
        only.line,
        l10n.t('Alone this denies nothing: lines that allow devices have to follow it.'),
      ),
    );
  return findings;
};

const checkNamespaces = (reading: Reading): readonly Finding[] => {
  const shared = reading.inFamily('lxc.namespace.share.').get('lxc.namespace.share.user')?.at(-1);
  const findings: Finding[] = [];
  if (shared !== undefined)
    findings.push(
      found(
        namespaceCombination,
        shared,
        shared.line,
        l10n.t('A container of LXC cannot share users, and does not start.'),
      ),
    );
  if (reading.isUnsure) return findings;
  const words = (name: string): readonly string[] =>
    reading.entriesOf(name).flatMap(({ value }) => value.toLowerCase().split(/[ \t]+/u));
  const keep = reading.entriesOf('lxc.namespace.keep').at(-1);
  const clone = reading.entriesOf('lxc.namespace.clone').at(-1);
  const isMapped = reading.entriesOf('lxc.idmap').length > 0;
  const makesUsers =
    keep === undefined ? words('lxc.namespace.clone').includes('user') : !words('lxc.namespace.keep').includes('user');
  const cause = keep ?? clone;
  if (cause !== undefined && makesUsers && !isMapped)
    findings.push(
      found(
        namespaceCombination,
        cause,
        cause.line,
        l10n.t`This makes a namespace of users, which needs lines ${'lxc.idmap'}: the container does not start.`,
      ),
    );
  const name = reading.entriesOf('lxc.uts.name').at(-1);
  if (clone !== undefined && name !== undefined && !words('lxc.namespace.clone').includes('uts'))
    findings.push(
      found(
        hostRenamed,
        name,
        name.line,
        l10n.t`${'lxc.namespace.clone'} leaves out uts, so this renames the host and not the container.`,
      ),
    );
  return findings;
};

const nanosecondsOf: Readonly<Record<string, bigint>> = { ms: 1_000_000n, us: 1000n, ns: 1n };

const kernelFault = (entry: Entry): string | undefined => {
  const { key, value } = entry;
  if (key === 'lxc.prlimit.nofile' && /^unlimited\b/u.test(value))
    return l10n.t('Linux has no unlimited number of open files, so the container does not start.');
  if (key === 'lxc.proc.oom_score_adj' && !/^[+-]?(?:\d{1,3}|1000)$/u.test(value))
    return l10n.t('This is a number from -1000 to 1000; with anything else the container does not start.');
  if (key === 'lxc.monitor.signal.pdeath' && /^\d+$/u.test(value) && Number(value) > 64)
    return l10n.t('Linux has 64 signals, so the container does not start.');
  if (key.startsWith('lxc.time.offset.')) {
    const [, digits = '0', unit = ''] = /(\d{1,30})(ms|us|ns)$/u.exec(value) ?? [];
    if (BigInt(digits) * (nanosecondsOf[unit] ?? 0n) >= 1_000_000_000n)
      return l10n.t('In this unit Linux takes less than a second; write seconds, or the container does not start.');
  }
  if (/^lxc\.cgroup2\.[^.]+$/u.test(key))
    return l10n.t('No control group has such a file, whose name is that of a controller, a stop and more.');
  if (/^lxc\.cgroup2\.(?:cpu|cpuset|io|memory|pids)\./u.test(key)) {
    const name = key.slice('lxc.cgroup2.'.length);
    if (parametersNamed(name).some(({ version }) => version === 2)) return undefined;
    return parametersNamed(name).length > 0
      ? l10n.t('Only cgroup v1 has this file, so the container does not start.')
      : l10n.t('No control group has such a file, so the container does not start.');
  }
  return /^lxc\.sysctl\.(?!(?:abi|crypto|debug|dev|fs|kernel|net|sunrpc|user|vm)[./])/u.test(key)
    ? l10n.t('Linux has no such setting of the kernel, so the container does not start.')
    : undefined;
};

const lastOfEach = (reading: Reading): readonly Entry[] => [
  ...['lxc.prlimit.', 'lxc.proc.', 'lxc.sysctl.'].flatMap((family) =>
    [...reading.inFamily(family).values()].flatMap((entries) => entries.slice(-1)),
  ),
  ...['lxc.monitor.signal.pdeath', 'lxc.time.offset.boot', 'lxc.time.offset.monotonic'].flatMap((name) =>
    reading.entriesOf(name).slice(-1),
  ),
  ...[...reading.inFamily('lxc.cgroup2.').values()].flat(),
];

const checkKernel = (reading: Reading): readonly Finding[] =>
  lastOfEach(reading).flatMap((entry) => {
    const message = kernelFault(entry);
    return message === undefined ? [] : [found(kernelRefuses, entry, entry.line, message)];
  });

const checkInit = (reading: Reading, release: LxcRelease): readonly Finding[] => {
  const entry = reading.entriesOf('lxc.init.cmd').at(-1);
  if (entry === undefined) return [];
  const fails = (message: string): readonly Finding[] => [found(initCommand, valueSpan(entry), entry.line, message)];
  if (/^\w+=/u.test(entry.value))
    return fails(
      l10n.t`No shell reads this: variables stand in ${'lxc.environment'}, and the command begins with its program.`,
    );
  return release === '5.0' && /["']/u.test(entry.value)
    ? fails(l10n.t('LXC 5.0 cuts this at blanks and takes quotes for characters, so the command is another one.'))
    : [];
};

/** What LXC takes and then does not start with, or does something else with, apart from network devices. */
export const checkStart = (reading: Reading, release: LxcRelease): readonly Finding[] => {
  const hook = reading.inFamily('lxc.hook').get('lxc.hook.start')?.[0];
  const directory = reading.entriesOf('lxc.tty.dir').at(-1);
  return [
    ...reading.entriesOf('lxc.mount.entry').flatMap((entry) => checkMount(entry, release)),
    ...checkDeviceRules(reading),
    ...checkNamespaces(reading),
    ...checkKernel(reading),
    ...checkInit(reading, release),
    ...(hook !== undefined && /[ \t]/u.test(hook.value)
      ? [
          found(
            startHookArguments,
            valueSpan(hook),
            hook.line,
            l10n.t('LXC looks for all of this as a path in the container, so a start hook takes no arguments.'),
          ),
        ]
      : []),
    ...(directory !== undefined && /^\/|(?:^|\/)\.\.(?:\/|$)|[^/]\/+[^/]/u.test(directory.value)
      ? [
          found(
            ttyDirectory,
            valueSpan(directory),
            directory.line,
            l10n.t('This is one directory below /dev, and nothing deeper or elsewhere; the container does not start.'),
          ),
        ]
      : []),
  ];
};
