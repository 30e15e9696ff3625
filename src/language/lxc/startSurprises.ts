import * as l10n from '@vscode/l10n';
import { type Entry, type Span, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import type { NamedOnHost } from '../namedOnHost.ts';
import { shown } from '../shown.ts';
import { readNumber } from './numbers.ts';
import type { Reading } from './reading.ts';
import { allDevicesDenied, devNotMade, deviceRule, hookNotRun, networkNotMade, optionalLeftOut } from './rules.ts';
import { mountOf } from './startMounts.ts';

/** The line by which LXC makes no /dev; an empty value is none and not the default. */
export const withoutDev = (reading: Reading): Entry | undefined => {
  const emptied = reading.emptied.get('lxc.autodev');
  if (emptied !== undefined) return emptied;
  const last = reading.entriesOf('lxc.autodev').at(-1);
  return last !== undefined && readNumber(last.value) === 0n ? last : undefined;
};

const checkDev = (reading: Reading): readonly Finding[] => {
  const line = withoutDev(reading);
  if (line === undefined || reading.isUnsure) return [];
  const isEmpty = line.value === '';
  const hooks = reading.inFamily('lxc.hook').get('lxc.hook.autodev') ?? [];
  return [
    ...(isEmpty
      ? [
          found(
            devNotMade,
            line,
            line.line,
            l10n.t(
              'An empty value is 0 here and not the default 1, so LXC fills no /dev: take the line out, or write what you mean.',
            ),
          ),
        ]
      : []),
    ...hooks.map((hook) =>
      found(
        hookNotRun,
        hook,
        hook.line,
        l10n.t`LXC runs this hook only where it fills /dev, and line ${line.line} switches that off.`,
      ),
    ),
  ];
};

const wordsIn = (entries: readonly Entry[]): readonly string[] =>
  entries.flatMap(({ value }) => value.toLowerCase().split(/[ \t]+/u));

/** The line by which the container gets no network of its own. */
const withoutNetwork = (reading: Reading): Entry | undefined => {
  const shared = reading.inFamily('lxc.namespace.share.').get('lxc.namespace.share.net')?.at(-1);
  if (shared !== undefined) return shared;
  const kept = reading.entriesOf('lxc.namespace.keep');
  if (kept.length > 0) return wordsIn(kept).includes('net') ? kept.at(-1) : undefined;
  const made = reading.entriesOf('lxc.namespace.clone');
  return made.length > 0 && !wordsIn(made).includes('net') ? made.at(-1) : undefined;
};

const checkNetwork = (reading: Reading): readonly Finding[] => {
  const cause = withoutNetwork(reading);
  if (cause === undefined || reading.isUnsure) return [];
  return [...reading.allDevices().values()].flatMap(({ type }) =>
    type === undefined || type.value === 'none'
      ? []
      : [
          found(
            networkNotMade,
            type,
            type.line,
            l10n.t`LXC makes this device only in a network of the container’s own, and ${cause.key} in line ${cause.line} gives it none.`,
          ),
        ],
  );
};

const deviceRules = (reading: Reading): readonly Entry[] =>
  ['allow', 'deny'].flatMap((verb) => reading.inFamily('lxc.cgroup2.').get(`lxc.cgroup2.devices.${verb}`) ?? []);

const checkDenied = (reading: Reading): readonly Finding[] => {
  const rules = deviceRules(reading);
  const [first] = rules;
  if (first === undefined || reading.isUnsure) return [];
  const deniesSome = rules.every(
    ({ key, value }) => key.endsWith('.deny') && /^[abc][ \t]+\S+[ \t]+[rwm]+$/u.test(value),
  );
  if (!deniesSome) return [];
  const message = l10n.t`Without a line that allows some, LXC denies all devices, also ${'/dev/null'}: put ${'lxc.cgroup2.devices.allow = a'} in front.`;
  const fixes = [
    {
      title: l10n.t`Write ${'lxc.cgroup2.devices.allow = a'}`,
      changes: [{ start: first.start, end: first.start, text: 'lxc.cgroup2.devices.allow = a\n' }],
    },
  ];
  return [found(allDevicesDenied, first, first.line, message, { fixes: first.file === undefined ? fixes : [] })];
};

/** What LXC starts with, and does not do what it says. */
export const checkSurprises = (reading: Reading): readonly Finding[] => [
  ...checkDev(reading),
  ...checkNetwork(reading),
  ...checkDenied(reading),
];

/** A path of the host without which a line is left out. */
interface Wish extends Span {
  readonly entry: Entry;
  readonly kind: 'source' | 'device';
  readonly path: string;
}

const wishesOf = (reading: Reading): readonly Wish[] => [
  ...deviceRules(reading).flatMap((entry): readonly Wish[] => {
    const path = /^(\/dev\/[^\s\0]+)[ \t]+[rwm]+$/u.exec(entry.value)?.[1];
    if (path === undefined) return [];
    return [{ entry, kind: 'device', path, start: entry.valueStart, end: entry.valueStart + path.length }];
  }),
  ...reading.entriesOf('lxc.mount.entry').flatMap((entry): readonly Wish[] => {
    const mount = mountOf(entry);
    if (mount?.isBind !== true || !mount.options.includes('optional') || !/^\/[^\\"\0]*$/u.test(mount.source))
      return [];
    const start = entry.valueStart + entry.value.indexOf(mount.source);
    return [{ entry, kind: 'source', path: mount.source, start, end: start + mount.source.length }];
  }),
];

export const wishedOnHost = (reading: Reading): readonly string[] => wishesOf(reading).map(({ path }) => path);

/** What this host does not have, so that a line does nothing. */
export const surprisesOnHost = (reading: Reading, { paths, plain }: NamedOnHost): readonly Finding[] =>
  wishesOf(reading).flatMap((wish): readonly Finding[] => {
    const { entry, kind, path } = wish;
    const at = paths.get(path);
    if (kind === 'source')
      return at === 'absent'
        ? [
            found(
              optionalLeftOut,
              wish,
              entry.line,
              l10n.t`This host has no ${shown(path)}, so LXC leaves this mount out; ${'optional'} says that it may.`,
            ),
          ]
        : [];
    const isNone = at === 'absent' || at === 'directory' || plain?.has(path) === true;
    return isNone
      ? [
          found(
            deviceRule,
            valueSpan(entry),
            entry.line,
            at === 'absent'
              ? l10n.t`This host has no ${shown(path)}, so LXC leaves this rule out: name a device that is there, or its kind and numbers.`
              : l10n.t`On this host ${shown(path)} is no device, so LXC leaves this rule out.`,
          ),
        ]
      : [];
  });
