import * as l10n from '@vscode/l10n';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import type { Context } from '../context.ts';
import { type Entry, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import type { NamedOnHost } from '../namedOnHost.ts';
import { shown } from '../shown.ts';
import { readIdRange } from './idMap.ts';
import { readNumber } from './numbers.ts';
import type { Device, Reading } from './reading.ts';
import { cgroupLayout, idmapNotAllowed, kernelRefuses, linkMissing, policyRefused, shareNotRunning } from './rules.ts';
import { policyFault } from './seccompText.ts';

const controllersFile = '/sys/fs/cgroup/cgroup.controllers';
const legacyPlaces = ['/sys/fs/cgroup/systemd', '/sys/fs/cgroup/devices', '/sys/fs/cgroup/memory'];
const terminalsFile = '/proc/sys/kernel/pty/max';
const mapPrograms = ['/usr/bin/newuidmap', '/usr/bin/newgidmap'];
const rangesFiles = { u: '/etc/subuid', g: '/etc/subgid' } as const;

const isName = (link: Entry | undefined): link is Entry => link !== undefined && /^[\w.-]{1,15}$/u.test(link.value);
const lastOf = ({ settings }: Device, subkey: string): Entry | undefined => settings.get(`lxc.net.N.${subkey}`)?.at(-1);

/** A file whose first number decides whether a network device can be made, and what it has to be. */
const switchesOf = (device: Device): readonly { readonly entry: Entry; readonly path: string }[] => {
  const link = lastOf(device, 'link');
  if (!isName(link)) return [];
  const vlan = [lastOf(device, 'veth.vlan.id'), lastOf(device, 'veth.vlan.tagged.id')].find(
    (entry) => entry !== undefined && entry.value !== 'none',
  );
  const proxy = lastOf(device, 'l2proxy');
  const isProxied = proxy !== undefined && readNumber(proxy.value) === 1n;
  const settings = [
    ...(lastOf(device, 'ipv4.address') === undefined ? [] : [`ipv4/conf/${link.value}/forwarding`]),
    ...(lastOf(device, 'ipv6.address') === undefined
      ? []
      : [`ipv6/conf/${link.value}/proxy_ndp`, `ipv6/conf/${link.value}/forwarding`]),
  ];
  return [
    ...(vlan === undefined ? [] : [{ entry: vlan, path: `/sys/class/net/${link.value}/bridge/vlan_filtering` }]),
    ...(isProxied ? settings.map((setting) => ({ entry: proxy, path: `/proc/sys/net/${setting}` })) : []),
  ];
};

const allSwitches = (reading: Reading): ReturnType<typeof switchesOf> =>
  // A hook may set them before.
  ['pre-start', 'start-host'].some((hook) => reading.entriesOf(`lxc.hook.${hook}`).length > 0)
    ? []
    : [...reading.allDevices().values()].flatMap(switchesOf);

const profileOf = (reading: Reading): Entry | undefined => {
  const profile = reading.entriesOf('lxc.seccomp.profile').at(-1);
  return profile?.value.startsWith('/') === true && !profile.value.includes('\0') ? profile : undefined;
};

const proxyOf = (reading: Reading): readonly string[] => {
  const entry = reading.entriesOf('lxc.seccomp.notify.proxy').at(-1);
  const path = /^unix:(\/.*)$/su.exec(entry?.value ?? '')?.[1];
  return path === undefined || path.includes('\0') ? [] : [path];
};

/** Files whose text is asked for, and paths of which it is asked whether they are there. */
export const textsOnHost = (reading: Reading): readonly string[] => [
  ...(profileOf(reading) === undefined ? [] : [profileOf(reading)?.value ?? '']),
  ...(reading.inFamily('lxc.cgroup2.').size > 0 ? [controllersFile] : []),
  ...(reading.entriesOf('lxc.tty.max').length > 0 ? [terminalsFile] : []),
  ...(reading.entriesOf('lxc.idmap').length > 0 ? Object.values(rangesFiles) : []),
  ...allSwitches(reading).map(({ path }) => path),
];

export const signsOnHost = (reading: Reading, release: LxcRelease): readonly string[] => [
  ...(release === '7.0' || reading.inFamily('lxc.cgroup2.').size + reading.inFamily('lxc.cgroup.').size > 0
    ? [controllersFile, ...legacyPlaces]
    : []),
  ...(reading.entriesOf('lxc.idmap').length > 0 ? mapPrograms : []),
  ...allSwitches(reading).map(({ path }) => path),
  ...proxyOf(reading),
];

const layoutOf = ({ paths }: NamedOnHost): 'v1' | 'v2' | undefined => {
  const isThere = (path: string): boolean => (paths.get(path) ?? 'absent') !== 'absent';
  if (isThere(controllersFile)) return 'v2';
  return paths.get(controllersFile) === 'absent' && legacyPlaces.some(isThere) ? 'v1' : undefined;
};

export const isOnV2 = (named: NamedOnHost | undefined): boolean => named !== undefined && layoutOf(named) === 'v2';

const checkGroups = (
  reading: Reading,
  named: NamedOnHost,
  release: LxcRelease,
  first: Entry | undefined,
): readonly Finding[] => {
  const layout = layoutOf(named);
  if (layout === undefined || first === undefined) return [];
  if (layout === 'v1' && release === '7.0')
    return [
      found(
        cgroupLayout,
        first,
        first.line,
        l10n.t('This host has cgroup v1 mounted, and LXC 7.0 starts no container there: boot it with cgroup v2 alone.'),
        { effect: 'start-refused' },
      ),
    ];
  const family = layout === 'v1' ? 'lxc.cgroup2.' : 'lxc.cgroup.';
  const other = [...reading.inFamily(family).values()].flat();
  // LXC's own configurations have both, for either kind of host.
  const twin = reading.inFamily(layout === 'v1' ? 'lxc.cgroup.' : 'lxc.cgroup2.').size > 0;
  const left = twin
    ? []
    : other.map((entry) =>
        found(
          cgroupLayout,
          entry,
          entry.line,
          layout === 'v1'
            ? l10n.t('This host has cgroup v1, and LXC leaves out what is for cgroup v2 there.')
            : l10n.t('This host has cgroup v2 alone, and LXC leaves out what is for cgroup v1 there.'),
        ),
      );
  const text = named.texts?.get(controllersFile);
  if (layout === 'v1' || text === undefined) return left;
  const controllers = text.trim().split(/\s+/u);
  const lacking = [...reading.inFamily('lxc.cgroup2.')].flatMap(([key, entries]) => {
    const [controller = ''] = key.slice('lxc.cgroup2.'.length).split('.');
    const isOfOne = ['cpu', 'cpuset', 'hugetlb', 'io', 'memory', 'misc', 'pids', 'rdma'].includes(controller);
    return isOfOne && !controllers.includes(controller) && !key.endsWith('.pressure')
      ? entries.map((entry) => ({ entry, controller }))
      : [];
  });
  return [
    ...left,
    ...lacking.map(({ entry, controller }) =>
      found(
        kernelRefuses,
        entry,
        entry.line,
        l10n.t`This host has no controller ${controller} for control groups, so the container does not start.`,
      ),
    ),
  ];
};

const checkSwitches = (reading: Reading, { texts, paths }: NamedOnHost): readonly Finding[] =>
  allSwitches(reading).flatMap(({ entry, path }) => {
    const isOff = paths.get(path) === 'absent' || (texts?.has(path) === true && texts.get(path)?.trim() !== '1');
    return isOff
      ? [
          found(
            linkMissing,
            entry,
            entry.line,
            l10n.t`This needs the number 1 in ${shown(path)} of this host, or the container does not start.`,
          ),
        ]
      : [];
  });

const checkTerminals = (reading: Reading, { texts }: NamedOnHost): readonly Finding[] => {
  const entry = reading.entriesOf('lxc.tty.max').at(-1);
  const most = readNumber(texts?.get(terminalsFile)?.trim() ?? '');
  const wanted = readNumber(entry?.value ?? '') ?? 0n;
  if (entry === undefined || most === undefined || wanted < most) return [];
  const message = l10n.t`This host has ${String(most)} terminals of this kind at most, so the container does not start.`;
  return [found(kernelRefuses, valueSpan(entry), entry.line, message)];
};

const checkProfile = (reading: Reading, { texts, paths }: NamedOnHost): readonly Finding[] => {
  const entry = profileOf(reading);
  const text = texts?.get(entry?.value ?? '');
  const proxy = reading.entriesOf('lxc.seccomp.notify.proxy').at(-1);
  if (
    proxy !== undefined &&
    text?.includes(' notify') === true &&
    proxyOf(reading).some((path) => paths.get(path) === 'absent')
  )
    return [
      found(
        policyRefused,
        valueSpan(proxy),
        proxy.line,
        l10n.t('Nobody listens at this socket on this host, so the container ends as soon as it is started.'),
      ),
    ];
  const fault = text === undefined ? undefined : policyFault(text);
  return entry === undefined || fault === undefined
    ? []
    : [found(policyRefused, valueSpan(entry), entry.line, `${fault} ${l10n.t('The container does not start.')}`)];
};

/** What of an id map no line of the file gives to anybody; one's own number alone needs none. */
const checkRanges = (reading: Reading, { texts, paths }: NamedOnHost): readonly Finding[] => {
  if (mapPrograms.some((path) => (paths.get(path) ?? 'absent') === 'absent')) return [];
  return reading.entriesOf('lxc.idmap').flatMap((entry): readonly Finding[] => {
    const range = readIdRange(entry.value);
    const file = range === undefined ? undefined : rangesFiles[range.of];
    const text = file === undefined ? undefined : texts?.get(file);
    if (range === undefined || file === undefined || text === undefined || range.count === 1n) return [];
    const lines = text.split('\n').flatMap((line) => {
      const [, first, count] = /^[^:]+:(\d{1,10}):(\d{1,10})$/u.exec(line.trim()) ?? [];
      return first === undefined || count === undefined
        ? []
        : [{ first: BigInt(first), end: BigInt(first) + BigInt(count) }];
    });
    const isGiven = (number: bigint): boolean => lines.some(({ first, end }) => first <= number && number < end);
    const isCovered = isGiven(range.outside) && isGiven(range.outside + range.count - 1n);
    if (isCovered) return [];
    const message = l10n.t`No line of ${file} on this host gives these numbers to a user, so the container does not start: add one.`;
    return [found(idmapNotAllowed, valueSpan(entry), entry.line, message)];
  });
};

/** Those that are named and do not run. */
const checkShares = (reading: Reading, { containers }: NamedOnHost): readonly Finding[] =>
  [...reading.inFamily('lxc.namespace.share.').values()].flatMap((entries): readonly Finding[] => {
    const entry = entries.at(-1);
    if (entry === undefined || containers === undefined || /^(?:\d+$|\/)/u.test(entry.value)) return [];
    if (containers.has(entry.value)) return [];
    const message = l10n.t`No container ${shown(entry.value)} runs on this host, and this one only starts while it does.`;
    return [found(shareNotRunning, valueSpan(entry), entry.line, message)];
  });

/** What a known host does not have or does not allow, apart from paths and interfaces. */
export const hostFindings = (
  reading: Reading,
  { named, lxcVersion }: Pick<Context, 'named' | 'lxcVersion'>,
  first: Entry | undefined,
): readonly Finding[] =>
  named === undefined
    ? []
    : [
        ...checkGroups(reading, named, lxcVersion, first),
        ...checkSwitches(reading, named),
        ...checkTerminals(reading, named),
        ...checkProfile(reading, named),
        ...checkRanges(reading, named),
        ...checkShares(reading, named),
      ];
