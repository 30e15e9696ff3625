import * as l10n from '@vscode/l10n';
import type { CgroupVersion } from '../../schema/cgroupTypes.ts';
import { parametersNamed } from '../cgconfig/parameters.ts';
import { valueFault } from '../cgconfig/parameterValue.ts';
import type { Entry } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { readNumber } from './numbers.ts';
import type { Reading } from './reading.ts';
import { kernelRefuses } from './rules.ts';

const controllersOf: Readonly<Record<CgroupVersion, RegExp>> = {
  1: /^(?:blkio|cpu|cpuacct|cpuset|freezer|memory|net_cls|net_prio|pids)\./u,
  2: /^(?:cgroup|cpu|cpuset|io|memory|pids)\./u,
};
const legacyControllers =
  /^(?:blkio|cpu|cpuacct|cpuset|devices|freezer|hugetlb|memory|misc|net_cls|net_prio|perf_event|pids|rdma|systemd|cgroup|name=.*)$/u;

const ofOtherVersion = (version: CgroupVersion): string =>
  version === 2
    ? l10n.t('Only cgroup v1 has this file, so the container does not start.')
    : l10n.t('Only cgroup v2 has this file, so the container does not start.');

/** What the kernel does not take of a file of a control group. */
const fileFault = (name: string, value: string, version: CgroupVersion): string | undefined => {
  const parameters = parametersNamed(name);
  const parameter = parameters.find((one) => one.version === version);
  if (parameter === undefined) {
    if (!controllersOf[version].test(name)) return undefined;
    return parameters.length > 0
      ? ofOtherVersion(version)
      : l10n.t('No control group has such a file, so the container does not start.');
  }
  if (parameter.access === 'read')
    return l10n.t('This file can only be read, and LXC writes to it, so the container does not start.');
  if (parameter.scope === 'root')
    return l10n.t('Only the control group above all others has this file, so the container does not start.');
  const fault = valueFault(value, parameter);
  return fault?.kind === 'refused'
    ? l10n.t`The kernel does not take this value, so the container does not start: it takes ${fault.reason}.`
    : undefined;
};

const legacyFault = (name: string, value: string): string | undefined =>
  legacyControllers.test(name.split('.')[0] ?? '')
    ? fileFault(name, value, 1)
    : l10n.t('Linux has no such controller, and where cgroup v1 is mounted the container does not start.');

/** What a process has in /proc that may be written to, or that LXC is refused at in its own words. */
const processFiles: ReadonlySet<string> = new Set([
  ...['attr', 'autogroup', 'clear_refs', 'comm', 'coredump_filter', 'fail-nth', 'gid_map', 'latency', 'loginuid'],
  ...['make-it-fail', 'mem', 'net', 'oom_adj', 'oom_score_adj', 'projid_map', 'sched', 'seccomp_cache', 'setgroups'],
  ...['task', 'timens_offsets', 'timerslack_ns', 'uid_map'],
]);

const nanosecondsOf: Readonly<Record<string, bigint>> = { ms: 1_000_000n, us: 1000n, ns: 1n };
const secondsOf: Readonly<Record<string, bigint>> = { h: 3600n, m: 60n, s: 1n };
/** 30 years: no Linux has run for so long, and a clock that would stand below zero is refused. */
const longestUptime = 946_080_000n;
/** Half of what a clock of the kernel holds. */
const furthest = 4_611_686_018n;

const offsetFault = (value: string): string | undefined => {
  const [, minus = '', digits = '0', unit = ''] = /^(-?).*?(\d{1,30})[ \t]*(ms|us|ns|h|m|s)$/u.exec(value) ?? [];
  if (BigInt(digits) * (nanosecondsOf[unit] ?? 0n) >= 1_000_000_000n)
    return l10n.t('In this unit Linux takes less than a second; write seconds, or the container does not start.');
  const seconds = BigInt(digits) * (secondsOf[unit] ?? 0n);
  return (minus === '-' && seconds >= longestUptime) || seconds > furthest
    ? l10n.t('With this offset the clock would stand below zero or too high, so the container does not start.')
    : undefined;
};

const inMind = /^(?:abi|crypto|debug|dev|fs|kernel|net|sunrpc|user|vm)(?:\/|$)/u;
/** Those that are numbers, whatever the interface is called. */
const numeric =
  /^net\/(?:ipv4\/ip_forward|ipv[46]\/conf\/[^/]+\/(?!stable_secret)[^/]+|ipv4\/(?:tcp|icmp)_(?!congestion|available|allowed|fastopen_key)[^/]+)$/u;

const settingFault = (name: string, value: string): string | undefined => {
  // LXC makes a slash of every dot.
  const path = name.replaceAll('.', '/');
  if (!inMind.test(path)) return l10n.t('Linux has no such setting of the kernel, so the container does not start.');
  if (/^net\/ipv[46]\/(?:conf|neigh)(?:\/[^/]+){3}/u.test(path))
    return l10n.t('LXC makes a slash of every dot, so no interface can be named here that has one in its name.');
  return numeric.test(path) && !/^[ \t]*[+-]?\d/u.test(value)
    ? l10n.t('The kernel takes a number here, so the container does not start.')
    : undefined;
};

const ofFamily = (key: string, family: string): string | undefined =>
  key.startsWith(family) ? key.slice(family.length) : undefined;

const kernelFault = ({ key, value }: Entry): string | undefined => {
  if (key === 'lxc.prlimit.nofile') {
    if (/^unlimited\b/u.test(value))
      return l10n.t('Linux has no unlimited number of open files, so the container does not start.');
    if (/^[ \t]*[+-]?0*[ \t]*(?::|$)/u.test(value))
      return l10n.t('With a soft limit of 0, which an empty one is, no file can be opened, so nothing starts.');
  }
  if (key === 'lxc.proc.oom_score_adj' && !/^[+-]?(?:\d{1,3}|1000)$/u.test(value))
    return l10n.t('This is a number from -1000 to 1000; with anything else the container does not start.');
  const file = ofFamily(key, 'lxc.proc.');
  if (file !== undefined && !processFiles.has(file.split(/[./]/u)[0] ?? ''))
    return l10n.t('A process has no such file that can be written to, so the container does not start.');
  if (key === 'lxc.monitor.signal.pdeath' && /^\d+$/u.test(value) && Number(value) > 64)
    return l10n.t('Linux has 64 signals, so the container does not start.');
  if (key === 'lxc.pty.max' && (readNumber(value) ?? 0n) > 1_048_576n)
    return l10n.t('Linux has at most 1048576 terminals of this kind, so the container does not start.');
  if (key.startsWith('lxc.time.offset.')) return offsetFault(value);
  const parameter = ofFamily(key, 'lxc.cgroup2.');
  if (parameter?.startsWith('devices.') === true) return undefined;
  if (parameter?.includes('.') === false)
    return l10n.t('No control group has such a file, whose name is that of a controller, a stop and more.');
  if (parameter !== undefined) return fileFault(parameter, value, 2);
  const legacy = ofFamily(key, 'lxc.cgroup.');
  if (legacy !== undefined) return legacyFault(legacy, value);
  const setting = ofFamily(key, 'lxc.sysctl.');
  return setting === undefined ? undefined : settingFault(setting, value);
};

const lastOfEach = (reading: Reading): readonly Entry[] => [
  ...['lxc.prlimit.', 'lxc.sysctl.'].flatMap((family) =>
    [...reading.inFamily(family).values()].flatMap((entries) => entries.slice(-1)),
  ),
  ...['lxc.monitor.signal.pdeath', 'lxc.pty.max', 'lxc.time.offset.boot', 'lxc.time.offset.monotonic'].flatMap((name) =>
    reading.entriesOf(name).slice(-1),
  ),
  // Each of these is written, one after the other.
  ...['lxc.proc.', 'lxc.cgroup.', 'lxc.cgroup2.'].flatMap((family) => [...reading.inFamily(family).values()].flat()),
];

/** With `proc:mixed` all of /proc/sys but the network can only be read when LXC writes to it. */
const checkReadOnly = (reading: Reading): readonly Finding[] => {
  const words = reading.entriesOf('lxc.mount.auto').flatMap(({ value }) => value.split(/[ \t]+/u));
  const last = words.findLast((word) => /^proc(?::|$)/u.test(word));
  if (reading.isUnsure || last === undefined || last === 'proc:rw') return [];
  return [...reading.inFamily('lxc.sysctl.')].flatMap(([key, entries]): readonly Finding[] => {
    const entry = entries.at(-1);
    const path = key.slice('lxc.sysctl.'.length).replaceAll('.', '/');
    if (entry === undefined || path.startsWith('net/') || !inMind.test(path)) return [];
    const message = l10n.t`With ${last} only settings of the network can be written, so the container does not start; ${'proc:rw'} lets LXC write this one.`;
    return [found(kernelRefuses, entry, entry.line, message)];
  });
};

/** What LXC hands to the kernel as it is, and the kernel does not take. */
export const checkKernel = (reading: Reading, isOnV2: boolean): readonly Finding[] => [
  ...lastOfEach(reading).flatMap((entry) => {
    // There LXC leaves out what is for v1.
    if (isOnV2 && entry.key.startsWith('lxc.cgroup.')) return [];
    const message = kernelFault(entry);
    return message === undefined ? [] : [found(kernelRefuses, entry, entry.line, message)];
  }),
  ...checkReadOnly(reading),
];
