import * as l10n from '@vscode/l10n';
import { lxcSchema } from '../../schema/lxcSchema.ts';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import { type Entry, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { inOneLine } from '../markdown.ts';
import { nearestName, orMeant } from '../nearestName.ts';
import { beforeBlanks } from '../sorted.ts';
import { readNumber } from './numbers.ts';
import type { Reading } from './reading.ts';
import {
  cgroupDirAlone,
  environmentName,
  idmapIncomplete,
  limitOrder,
  mountTarget,
  networkWithoutType,
  unknownLimit,
} from './rules.ts';
import { checkStart } from './startChecks.ts';
import { checkNetworkStart } from './startNetwork.ts';
import { checkSurprises } from './startSurprises.ts';

const limitNames = lxcSchema.keys.flatMap(({ value }) => (value.kind === 'limit' ? value.words : []));

const checkLimits = (reading: Reading): readonly Finding[] =>
  [...reading.inFamily('lxc.prlimit.')].flatMap(([name, entries]): readonly Finding[] => {
    const entry = entries.at(-1);
    if (entry === undefined) return [];
    const resource = name.slice('lxc.prlimit.'.length);
    if (!limitNames.includes(resource) && !/^(?:\d|1[0-5])$/u.test(resource)) {
      const near = nearestName(resource.replace(/^RLIMIT_/u, ''), limitNames);
      const message = orMeant(
        l10n.t`Linux has no limit “${inOneLine(resource)}”, so the container does not start.`,
        near,
      );
      const fixes =
        near === undefined
          ? []
          : [
              {
                title: l10n.t`Write ${near}`,
                changes: [{ start: entry.keyEnd - resource.length, end: entry.keyEnd, text: near }],
              },
            ];
      return [found(unknownLimit, { start: entry.keyStart, end: entry.keyEnd }, entry.line, message, { fixes })];
    }
    const [soft = '', hard] = entry.value.split(':').map((part) => part.trim());
    const isAbove =
      hard !== undefined &&
      /^\d{1,19}$/u.test(hard) &&
      (soft === 'unlimited' || (/^\d{1,19}$/u.test(soft) && BigInt(soft) > BigInt(hard)));
    return isAbove
      ? [
          found(
            limitOrder,
            valueSpan(entry),
            entry.line,
            l10n.t('The soft limit, which stands first, is above the hard one, so the container does not start.'),
          ),
        ]
      : [];
  });

const checkDevices = (reading: Reading): readonly Finding[] =>
  [...reading.allDevices().values()].flatMap(({ type, settings }): readonly Finding[] => {
    const needing = [...settings.values()].flat().find(({ key }) => /\.(?:link|name)$/u.test(key));
    if (reading.isUnsure || type !== undefined || needing === undefined) return [];
    const message = l10n.t(
      'This network device has no type, takes no link and no name then, and the container does not start.',
    );
    return [found(networkWithoutType, needing, needing.line, message)];
  });

interface Range {
  readonly entry: Entry;
  readonly type: string;
  readonly inside: bigint;
  readonly outside: bigint;
  readonly count: bigint;
}

const rangeOf = (entry: Entry): Range => {
  const [type = '', ...numbers] = entry.value.split(/[ \t]+/u);
  const [inside = 0n, outside = 0n, count = 0n] = numbers.map((number) => readNumber(number) ?? 0n);
  return { entry, type, inside, outside, count };
};

const overlapping = (ranges: readonly Range[], from: 'inside' | 'outside'): Range | undefined => {
  const sorted = [...ranges].sort((a, b) => (a[from] < b[from] ? -1 : 1));
  return sorted.find((range, at) => {
    const before = sorted[at - 1];
    return before !== undefined && before[from] + before.count > range[from];
  });
};

const checkIdmaps = (reading: Reading): readonly Finding[] => {
  const ranges = reading.entriesOf('lxc.idmap').map(rangeOf);
  if (ranges.length === 0 || reading.isUnsure) return [];
  const empty = ranges.filter(({ count }) => count === 0n);
  const ofEmpty = empty.map(({ entry }) =>
    found(
      idmapIncomplete,
      valueSpan(entry),
      entry.line,
      l10n.t('A range of no numbers cannot be mapped, so the container does not start.'),
    ),
  );
  if (empty.length > 0) return ofEmpty;
  const tooLarge = ranges.find(
    ({ inside, outside, count }) => (inside > outside ? inside : outside) + count > 2n ** 32n,
  );
  if (tooLarge !== undefined)
    return [
      found(
        idmapIncomplete,
        valueSpan(tooLarge.entry),
        tooLarge.entry.line,
        l10n.t('A range ends with the number 4294967295 at the latest; behind that lxc-start may never come back.'),
      ),
    ];
  return ['u', 'g'].flatMap((type): readonly Finding[] => {
    const own = ranges.filter((range) => range.type === type);
    const double = overlapping(own, 'inside') ?? overlapping(own, 'outside');
    if (double !== undefined)
      return [
        found(
          idmapIncomplete,
          valueSpan(double.entry),
          double.entry.line,
          l10n.t('This range overlaps another one of its kind, so the container does not start.'),
        ),
      ];
    const last = ranges.at(-1);
    if (last === undefined || own.some(({ inside }) => inside === 0n)) return [];
    const message =
      type === 'u'
        ? l10n.t('No line maps the user 0 of the container, so it does not start.')
        : l10n.t('No line maps the group 0 of the container, so it does not start.');
    return [found(idmapIncomplete, valueSpan(last.entry), last.entry.line, message)];
  });
};

const checkCgroupDirs = (reading: Reading): readonly Finding[] => {
  if (reading.isUnsure) return [];
  const whole = reading.entriesOf('lxc.cgroup.dir').at(-1);
  const part = ['container', 'monitor'].flatMap((name) => reading.entriesOf(`lxc.cgroup.dir.${name}`)).at(-1);
  if (whole !== undefined && part !== undefined)
    return [
      found(
        cgroupDirAlone,
        part,
        part.line,
        l10n.t`${'lxc.cgroup.dir'} and ${part.key} exclude each other, so the container does not start.`,
      ),
    ];
  const [container, monitor] = ['container', 'monitor'].map((name) =>
    reading.entriesOf(`lxc.cgroup.dir.${name}`).at(-1),
  );
  const alone = container === undefined ? monitor : monitor === undefined ? container : undefined;
  if (alone === undefined) return [];
  const other = alone === container ? 'lxc.cgroup.dir.monitor' : 'lxc.cgroup.dir.container';
  return [found(cgroupDirAlone, alone, alone.line, l10n.t`Without ${other} the container does not start.`)];
};

const longestPath = 4095;

/** The path of a root file system that is a directory, with no `/` at its end; undefined where LXC mounts one itself. */
export const rootDirectory = (reading: Reading): string | undefined => {
  // A kind that is given once also holds for a later path without one.
  if (reading.storage?.value.startsWith('dir:') === false) return undefined;
  const path = reading.entriesOf('lxc.rootfs.path').at(-1)?.value.replace(/^dir:/u, '');
  if (path?.startsWith('/') !== true || path.length > longestPath || path.includes(':')) return undefined;
  return path.slice(0, beforeBlanks(path, path.length, '/'));
};

const checkTargets = (reading: Reading): readonly Finding[] => {
  const root = rootDirectory(reading);
  if (root === undefined || reading.isUnsure) return [];
  return reading.entriesOf('lxc.mount.entry').flatMap((entry): readonly Finding[] => {
    const match = /^([^ \t#][^ \t]*[ \t]+)(\/[^ \t]*)/u.exec(entry.value);
    const [, before = '', target = ''] = match ?? [];
    // LXC looks for the path anywhere, and for that where it mounts what is no directory.
    if (match === null || target.includes(root) || /\/rootfs(?:\/|$)/u.test(target)) return [];
    const start = entry.valueStart + before.length;
    const relative = target.replace(/^\/+/u, '');
    const message = l10n.t(
      'LXC leaves out a mount whose target is absolute and does not hold the path of the root file system.',
    );
    const fixes =
      relative === ''
        ? []
        : [{ title: l10n.t`Write ${relative}`, changes: [{ start, end: start + target.length, text: relative }] }];
    return [found(mountTarget, { start, end: start + target.length }, entry.line, message, { fixes })];
  });
};

const checkVariables = (reading: Reading): readonly Finding[] =>
  ['lxc.environment', 'lxc.environment.hooks', 'lxc.environment.runtime'].flatMap((name) =>
    reading
      .entriesOf(name)
      .filter(({ value }) => value.startsWith('='))
      .map((entry) =>
        found(
          environmentName,
          valueSpan(entry),
          entry.line,
          l10n.t('This variable has no name, so the container does not start.'),
        ),
      ),
  );

/** What lines make wrong together; where another file is read in between, what it may set is not missed. */
export const checkTogether = (reading: Reading, release: LxcRelease, isOnV2: boolean): readonly Finding[] => [
  ...checkLimits(reading),
  ...checkDevices(reading),
  ...checkIdmaps(reading),
  ...checkCgroupDirs(reading),
  ...checkTargets(reading),
  ...checkVariables(reading),
  ...checkNetworkStart(reading),
  ...checkStart(reading, release, isOnV2),
  ...checkSurprises(reading),
];
