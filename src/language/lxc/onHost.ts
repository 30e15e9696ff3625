import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { Entry, Span } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import type { HostNames, NamedOnHost } from '../namedOnHost.ts';
import { shown } from '../shown.ts';
import { hostFindings, signsOnHost, textsOnHost } from './hostChecks.ts';
import { insideFindings, namesInside } from './insideRoot.ts';
import type { Reading } from './reading.ts';
import { linkMissing, pathMissing, storageKind } from './rules.ts';
import { surprisesOnHost, wishedOnHost } from './startSurprises.ts';

/** Without one of these on the host the container does not start. */
interface Need extends Span {
  readonly entry: Entry;
  /** `moved` is an interface that a running container may have, `begun` one whose name begins so, `free` a name that none has. */
  readonly kind: 'bridge' | 'interface' | 'moved' | 'begun' | 'free' | 'path' | 'program' | 'terminal' | 'storage';
  readonly name: string;
}

const needOf = (entry: Entry, kind: Need['kind'], name: string, at = 0, length = name.length): Need => {
  const start = entry.valueStart + at;
  return { entry, kind, name, start, end: start + length };
};

/** An absolute path that stands in a value as it is, without what a shell or LXC would make something else of. */
const pathIn = (entry: Entry, form: RegExp, kind: 'path' | 'program' | 'terminal' = 'path'): readonly Need[] => {
  const match = form.exec(entry.value);
  const path = match?.groups?.['path'];
  if (path === undefined || path.includes('\0')) return [];
  return [needOf(entry, kind, path, entry.value.indexOf(path))];
};

const wholePath = /^(?<path>\/.*)$/su;
const rootPath = /^(?:dir:)?(?<path>\/[^:]*)$/su;
/** Options with `optional` do without their source. */
const boundSource =
  /^(?<path>\/[^ \t\\"]*)[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+(?![^ \t]*optional)(?:[^ \t,]*,)*r?bind(?:[, \t]|$)/u;
const mapSource = /[ \t,](?<!optional[^ \t]*)idmap=(?<path>\/[^ \t,]*)(?![^ \t]*optional)/u;
const sharedMounts = /(?:^|[ \t])shmounts:(?<path>\/[^ \t:]*)/u;
const program = /^(?<path>\/[\w./+-]*)(?=[ \t]|$)/u;
const programsOnHost = ['pre-start', 'pre-mount', 'start-host', 'mount'];

const zfsDevice = '/dev/zfs';
const kindsOfStorage = ['dir', 'overlay', 'overlayfs', 'aufs', 'btrfs', 'zfs', 'lvm', 'loop', 'nbd', 'rbd'];
/** Those that no directory is. */
const withoutDirectory = ['loop', 'lvm'];

/** The kind and the path of the root file system; a kind that is given once also holds for a later path without one. */
const storageIn = ({ storage }: Reading, path: Entry): { readonly kind?: string; readonly path: string } => {
  const at = path.value.indexOf(':');
  const kind = at >= 0 ? path.value.slice(0, at) : /^[^:]*/u.exec(storage?.value ?? '')?.[0];
  return { ...(kind === undefined || kind === '' ? {} : { kind }), path: path.value.slice(at + 1) };
};

const storageNeeds = (reading: Reading): readonly Need[] => {
  const entry = reading.entriesOf('lxc.rootfs.path').at(-1);
  if (entry === undefined) return [];
  const { kind, path } = storageIn(reading, entry);
  const isKnown = kind !== undefined && kindsOfStorage.includes(kind);
  // What has no kind and is no absolute path can only be a data set of ZFS.
  if (!isKnown && !path.startsWith('/') && path !== '')
    return [needOf(entry, 'storage', zfsDevice, 0, entry.value.length)];
  if (kind !== undefined && withoutDirectory.includes(kind) && path.startsWith('/') && !path.includes(':'))
    return [needOf(entry, 'storage', path, entry.value.length - path.length)];
  return [];
};

const pathsIn = (reading: Reading): readonly Need[] => {
  const last = (name: string): readonly Entry[] => reading.entriesOf(name).slice(-1);
  const types = [reading.storage?.value ?? ''].map((value) => /^([^/:]+):/u.exec(value)?.[1]);
  const logs = last('lxc.console.logfile').flatMap((entry) => {
    const [directory = ''] = /^\/.*(?=\/)/su.exec(entry.value) ?? [];
    return directory === '' || directory.includes('\0') ? [] : [needOf(entry, 'path', directory)];
  });
  return [
    ...(types.some((type) => type !== undefined && type !== 'dir')
      ? []
      : last('lxc.rootfs.path').flatMap((entry) => pathIn(entry, rootPath))),
    ...['lxc.rootfs.mount', 'lxc.seccomp.profile', 'lxc.mount.fstab']
      .flatMap(last)
      .flatMap((entry) => pathIn(entry, wholePath)),
    ...last('lxc.console.path').flatMap((entry) => pathIn(entry, wholePath, 'terminal')),
    ...logs,
    ...reading
      .entriesOf('lxc.mount.entry')
      .flatMap((entry) => [...pathIn(entry, boundSource), ...pathIn(entry, mapSource)]),
    ...last('lxc.mount.auto').flatMap((entry) => pathIn(entry, sharedMounts)),
    ...programsOnHost
      .flatMap((hook) => reading.entriesOf(`lxc.hook.${hook}`))
      .flatMap((entry) => pathIn(entry, program, 'program')),
    ...[...reading.allDevices().values()]
      .flatMap(({ settings }) => settings.get('lxc.net.N.script.up') ?? [])
      .flatMap((entry) => pathIn(entry, program, 'program')),
    ...[...reading.inFamily('lxc.namespace.share.').values()].flatMap((entries) =>
      entries.slice(-1).flatMap((entry) => pathIn(entry, wholePath)),
    ),
    ...storageNeeds(reading),
  ];
};

const longestName = 15;

const linksIn = (reading: Reading): readonly Need[] =>
  [...reading.allDevices().values()].flatMap(({ type, settings }): readonly Need[] => {
    const kind = type?.value ?? '';
    const link = settings.get('lxc.net.N.link')?.at(-1);
    const pair = kind === 'veth' ? settings.get('lxc.net.N.veth.pair')?.at(-1) : undefined;
    const free = pair === undefined ? [] : [needOf(pair, 'free', pair.value.slice(0, longestName))];
    if (link === undefined || /[^ -~]/u.test(link.value)) return free;
    const length = link.value.length;
    if (['macvlan', 'vlan', 'phys'].includes(kind) && link.value.endsWith('+'))
      return [needOf(link, 'begun', link.value.slice(0, -1), 0, length)];
    // LXC cuts what is longer.
    const name = link.value.slice(0, longestName);
    if (kind === 'veth') return [...free, needOf(link, 'bridge', name, 0, length)];
    if (kind === 'phys') return [needOf(link, 'moved', name, 0, length)];
    return ['macvlan', 'ipvlan', 'vlan'].includes(kind) ? [needOf(link, 'interface', name, 0, length)] : [];
  });

const isOfPath = ({ kind }: Need): boolean => ['path', 'program', 'terminal', 'storage'].includes(kind);

const needsOf = (reading: Reading): readonly Need[] => [...linksIn(reading), ...pathsIn(reading)];

/** What of the host decides whether the container starts. */
export const namesOnHostOfLxc = (reading: Reading, { lxcVersion }: Pick<Context, 'lxcVersion'>): HostNames => {
  const needs = needsOf(reading);
  const inside = namesInside(reading, lxcVersion);
  const paths = [
    ...needs.filter(isOfPath).map(({ name }) => name),
    ...signsOnHost(reading, lxcVersion),
    ...wishedOnHost(reading),
  ];
  return {
    interfaces: needs.some((need) => !isOfPath(need)),
    paths: [...new Set(paths)],
    uppers: [],
    users: [],
    ofContainers: {
      texts: [...new Set(textsOnHost(reading))],
      ...(inside === undefined ? {} : { inside }),
    },
  };
};

const pathFault = ({ kind, name }: Need, { paths, plain }: NamedOnHost): string | undefined => {
  const at = paths.get(name);
  if (at === 'absent')
    return l10n.t`This host has no ${shown(name)}, so the container does not start. Make it first, or name another path.`;
  if (kind === 'program' && (at === 'directory' || plain?.get(name) === 'plain'))
    return l10n.t`On this host ${shown(name)} cannot be run, so the container does not start.`;
  return kind === 'terminal' && (at === 'directory' || plain?.has(name) === true)
    ? l10n.t`On this host ${shown(name)} is no terminal, so the container does not start.`
    : undefined;
};

const storageFault = ({ name }: Need, { paths }: NamedOnHost, kind: string | undefined): string | undefined => {
  const at = paths.get(name);
  if (name === zfsDevice)
    return at === 'absent'
      ? l10n.t(
          'This is no absolute path, and this host has no ZFS whose data set it could be, so the container does not start.',
        )
      : undefined;
  return at === 'directory'
    ? l10n.t`This is a directory, and the kind of storage is ${shown(kind ?? '')}, which also holds behind the line that gives it: the container does not start.`
    : undefined;
};

const linkFault = (need: Need, { interfaces, containers }: NamedOnHost): string | undefined => {
  if (interfaces === undefined) return undefined;
  const name = shown(need.name);
  // What a container has while it runs is not on the host then.
  const mayBeInside = containers === undefined || containers.size > 0;
  const isThere =
    need.kind === 'begun' ? [...interfaces.keys()].some((one) => one.startsWith(need.name)) : interfaces.has(need.name);
  if (need.kind === 'free')
    return isThere && (interfaces.get(need.name) === 'bridge' || !mayBeInside)
      ? l10n.t`This host has an interface ${name} already, so the container does not start.`
      : undefined;
  if (isThere || (mayBeInside && (need.kind === 'moved' || need.kind === 'begun'))) return undefined;
  if (need.kind === 'bridge')
    return l10n.t`This host has no bridge ${name}, so the container does not start. Make it first, such as by starting ${'lxc-net'}.`;
  return need.kind === 'begun'
    ? l10n.t`No network interface of this host begins with ${name}, so the container does not start.`
    : l10n.t`This host has no network interface ${name}, so the container does not start.`;
};

/** What the lines that count name of the host and the host does not have, where somebody has looked. */
export const onHostFindings = (
  reading: Reading,
  context: Pick<Context, 'named' | 'lxcVersion'>,
  first: Entry | undefined,
): readonly Finding[] => {
  const { named, lxcVersion } = context;
  if (named === undefined) return [];
  const ofNeeds = needsOf(reading).flatMap((need): readonly Finding[] => {
    const kind = need.kind === 'storage' ? storageIn(reading, need.entry).kind : undefined;
    const [rule, message] =
      need.kind === 'storage'
        ? [storageKind, storageFault(need, named, kind)]
        : isOfPath(need)
          ? [pathMissing, pathFault(need, named)]
          : [linkMissing, linkFault(need, named)];
    return message === undefined ? [] : [found(rule, need, need.entry.line, message)];
  });
  return [
    ...ofNeeds,
    ...hostFindings(reading, context, first),
    ...insideFindings(reading, named, lxcVersion),
    ...surprisesOnHost(reading, named),
  ];
};
