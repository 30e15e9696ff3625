import type { HostUser, Remedy, UnprivilegedFinding } from '../../unprivilegedSetup.ts';
import type { Setting } from '../readConfig.ts';
import { firstId, freeRange, type IdMap, type IdRange, isAllowed, mapIn, rangesOf, wholeRange } from './idRanges.ts';
import {
  addRange,
  appendLines,
  installMapper,
  letThrough,
  linger,
  makeSetuid,
  replaceMaps,
  setKernel,
  startBridge,
} from './remedies.ts';

export interface Directory {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** As getfacl prints it with numbers; undefined where it was not asked. */
  readonly acl: string | undefined;
}

export interface Mapper {
  readonly path: string;
  /** Whether it may write maps of others' numbers: by the setuid bit, or a capability, which only getcap tells. */
  readonly may: 'yes' | 'no' | 'unknown';
  /** Nobody but root and the packages of the system can have put it there. */
  readonly isTrusted: boolean;
}

/** What the files of the host say. */
export interface UnprivilegedFacts {
  readonly user: HostUser;
  /** Names of the groups that the user is in. */
  readonly groups: readonly string[];
  readonly subuid: string;
  readonly subgid: string;
  /** Undefined where it is not installed. */
  readonly mappers: { readonly newuidmap: Mapper | undefined; readonly newgidmap: Mapper | undefined };
  /** Values of the kernel's switches, of which not every kernel has each. */
  readonly switches: {
    readonly userNamespaceClone: string | undefined;
    readonly maxUserNamespaces: string | undefined;
    readonly appArmorRestricts: string | undefined;
  };
  /** Whether AppArmor has profiles that allow the tools of LXC what its switch forbids all others. */
  readonly appArmorKnowsLxc: boolean;
  /** Text of /etc/lxc/lxc-usernet. */
  readonly usernet: string;
  readonly bridges: readonly string[];
  readonly hasBridgeService: boolean;
  readonly configFile: string;
  /** The user's default configuration with what it includes; undefined where there is none. */
  readonly config: readonly Setting[] | undefined;
  /** Undefined where there is none. */
  readonly systemConfig: readonly Setting[] | undefined;
  /** Those above the containers that are there already, from `/` on. */
  readonly directories: readonly Directory[];
  readonly installed: ReadonlySet<string>;
  readonly hasManager: boolean;
  /** Whether cgroup v2 is mounted. */
  readonly hasUnifiedGroups: boolean;
}

const usernetFile = '/etc/lxc/lxc-usernet';
const systemConfigFile = '/etc/lxc/default.conf';
const interfacesEach = 10;

const text = ({ first, count }: IdRange): string => `${first}-${first + count - 1}`;

const missing = (need: UnprivilegedFinding['need'], about: string, remedy?: Remedy): UnprivilegedFinding => ({
  need,
  state: 'missing',
  about,
  ...(remedy === undefined ? {} : { remedy }),
});

const fine = (need: UnprivilegedFinding['need'], about: string): UnprivilegedFinding => ({
  need,
  state: 'fine',
  about,
});

/** The range that the user has, or would be given. */
const plannedRanges = ({
  user,
  subuid,
  subgid,
}: UnprivilegedFacts): { readonly uids: IdRange | undefined; readonly gids: IdRange | undefined } => {
  const free = freeRange(subuid, subgid);
  return {
    uids: wholeRange(rangesOf(subuid, user)) ?? free,
    gids: wholeRange(rangesOf(subgid, user)) ?? free,
  };
};

const checkRanges = (facts: UnprivilegedFacts): readonly UnprivilegedFinding[] => {
  const planned = plannedRanges(facts);
  return (['subuid', 'subgid'] as const).map((need) => {
    const range = wholeRange(rangesOf(facts[need], facts.user));
    if (range !== undefined) return fine(need, text(range));
    const kind = need === 'subuid' ? 'uids' : 'gids';
    const free = planned[kind];
    return missing(need, `/etc/${need}`, free === undefined ? undefined : addRange(kind, facts.user, free));
  });
};

const checkMappers = ({ mappers, installed }: UnprivilegedFacts): readonly UnprivilegedFinding[] =>
  (['newuidmap', 'newgidmap'] as const).map((need) => {
    const mapper = mappers[need];
    if (mapper === undefined) return { need, state: 'missing', about: '', ...installMapper(installed) };
    const { path, may, isTrusted } = mapper;
    if (may === 'no') return missing(need, path, isTrusted ? makeSetuid(path) : undefined);
    return { need, state: may === 'yes' ? 'fine' : 'unknown', about: path };
  });

const checkSwitches = (facts: UnprivilegedFacts): readonly UnprivilegedFinding[] => {
  const { userNamespaceClone, maxUserNamespaces, appArmorRestricts } = facts.switches;
  const clone = 'kernel.unprivileged_userns_clone';
  const most = 'user.max_user_namespaces';
  const restricts = 'kernel.apparmor_restrict_unprivileged_userns';
  const namespaces =
    userNamespaceClone === '0'
      ? missing('userNamespaces', `${clone} = 0`, setKernel(clone, '1'))
      : maxUserNamespaces === '0'
        ? missing('userNamespaces', `${most} = 0`, setKernel(most, '15000'))
        : fine('userNamespaces', '');
  if (appArmorRestricts === undefined) return [namespaces];
  const forbids = appArmorRestricts === '1' && !facts.appArmorKnowsLxc;
  const about = `${restricts} = ${appArmorRestricts}`;
  return [namespaces, forbids ? missing('appArmor', about, setKernel(restricts, '0')) : fine('appArmor', about)];
};

/** The configuration that new containers get, or would get by what is offered. */
const plannedConfig = ({ config, systemConfig }: UnprivilegedFacts): readonly Setting[] => config ?? systemConfig ?? [];

/** A name of a device, and nothing that would say more in a line of lxc-usernet. */
const isDevice = (name: string): boolean => /^[A-Za-z0-9][\w.-]{0,14}$/u.test(name);

/** The bridges that its virtual cables lead to. */
const bridgesIn = (config: readonly Setting[]): readonly string[] => {
  const from = config.findLastIndex(([key, value]) => key === 'lxc.net' && value === '') + 1;
  const places = config.slice(from).flatMap(([key, value]) => {
    const place = /^lxc\.net\.(\d+)\.type$/u.exec(key)?.[1];
    return place !== undefined && value === 'veth' ? [place] : [];
  });
  return [...new Set(places)].flatMap((place) => {
    const link = config.findLast(([key]) => key === `lxc.net.${place}.link`)?.[1];
    return link === undefined || !isDevice(link) ? [] : [link];
  });
};

/** How many interfaces on a bridge lxc-user-nic gives the user: lines `USER veth BRIDGE COUNT` or `@GROUP veth BRIDGE COUNT`. */
export const quotaOf = (
  usernet: string,
  { user, groups }: Pick<UnprivilegedFacts, 'user' | 'groups'>,
  bridge: string,
): number => {
  const counts = usernet.split('\n').flatMap((line) => {
    const [who = '', type, on, count = ''] = line.trim().split(/\s+/u);
    const isMeant = who === user.name || (who.startsWith('@') && groups.includes(who.slice(1)));
    return isMeant && type === 'veth' && on === bridge && /^\d{1,9}$/u.test(count) ? [Number(count)] : [];
  });
  return Math.max(0, ...counts);
};

const checkNetwork = (facts: UnprivilegedFacts): readonly UnprivilegedFinding[] => {
  const wanted = bridgesIn(plannedConfig(facts));
  if (wanted.length === 0)
    return (['networkQuota', 'bridge'] as const).map((need) => ({ need, state: 'unneeded', about: '' }));
  const without = wanted.filter((bridge) => quotaOf(facts.usernet, facts, bridge) === 0);
  const absent = wanted.filter((bridge) => !facts.bridges.includes(bridge));
  const lines = without.map((bridge) => [facts.user.name, 'veth', bridge, interfacesEach].join(' '));
  const canStart = facts.hasBridgeService && absent.every((bridge) => bridge === 'lxcbr0');
  return [
    without.length === 0
      ? fine('networkQuota', wanted.join(', '))
      : missing('networkQuota', without.join(', '), appendLines('root', usernetFile, lines)),
    absent.length === 0
      ? fine('bridge', wanted.join(', '))
      : missing('bridge', absent.join(', '), canStart ? startBridge : undefined),
  ];
};

const mapsIn = (config: readonly Setting[]): readonly (IdMap | undefined)[] => {
  const values = config.filter(([key]) => key === 'lxc.idmap' || key === 'lxc.id_map').map(([, value]) => value);
  return values.slice(values.lastIndexOf('') + 1).map(mapIn);
};

const areUsable = (facts: UnprivilegedFacts, maps: readonly (IdMap | undefined)[]): boolean => {
  const { user, subuid, subgid } = facts;
  const uids = rangesOf(subuid, user);
  const gids = rangesOf(subgid, user);
  const isUsable = (map: IdMap | undefined): boolean =>
    map !== undefined &&
    (map.type === 'g' || isAllowed(map, uids, user.uid)) &&
    (map.type === 'u' || isAllowed(map, gids, user.gid));
  const mapsRoot = (...types: readonly string[]): boolean =>
    maps.some((map) => map?.inside === 0 && types.includes(map.type));
  return maps.every(isUsable) && mapsRoot('u', 'b') && mapsRoot('g', 'b');
};

const checkConfig = (facts: UnprivilegedFacts): UnprivilegedFinding => {
  const { config, configFile, systemConfig } = facts;
  const { uids, gids } = plannedRanges(facts);
  const maps = mapsIn(config ?? []);
  if (maps.length > 0 && areUsable(facts, maps)) return fine('defaultConfig', configFile);
  if (uids === undefined || gids === undefined) return missing('defaultConfig', configFile);
  const lines = [`lxc.idmap = u 0 ${uids.first} ${uids.count}`, `lxc.idmap = g 0 ${gids.first} ${gids.count}`];
  if (config === undefined) {
    const first = systemConfig === undefined ? ['lxc.net.0.type', 'empty'] : ['lxc.include', systemConfigFile];
    return missing('defaultConfig', configFile, appendLines('user', configFile, [first.join(' = '), ...lines]));
  }
  const remedy = maps.length === 0 ? appendLines('user', configFile, lines) : replaceMaps(configFile, lines);
  return missing('defaultConfig', configFile, remedy);
};

/** Who root of a container is on the host. */
const mappedRoot = (facts: UnprivilegedFacts): { readonly uid: number; readonly gid: number } => {
  const maps = mapsIn(facts.config ?? []).filter((map) => map?.inside === 0);
  const { uids, gids } = plannedRanges(facts);
  const first = (type: IdMap['type'], otherwise: IdRange | undefined): number =>
    (maps.find((map) => map?.type === type || map?.type === 'b')?.host ?? otherwise)?.first ?? firstId;
  return { uid: first('u', uids), gid: first('g', gids) };
};

/** Whether a user may pass through a directory, by acl(5). */
export const mayPass = (
  { mode, uid, gid, acl }: Omit<Directory, 'path'>,
  who: { readonly uid: number; readonly gid: number },
): boolean => {
  if (uid === who.uid) return (mode & 0o100) !== 0;
  const mask = acl === undefined ? undefined : /^mask::(...)/mu.exec(acl)?.[1];
  const named = acl === undefined ? undefined : new RegExp(`^user:${who.uid}:(...)`, 'mu').exec(acl)?.[1];
  if (named !== undefined) return named.endsWith('x') && mask?.endsWith('x') !== false;
  if (gid === who.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
};

const checkDirectories = (facts: UnprivilegedFacts): UnprivilegedFinding => {
  const { directories, user, installed } = facts;
  const root = mappedRoot(facts);
  const closed = directories.filter((one) => !mayPass(one, root));
  if (closed.length === 0) return fine('directories', directories.at(-1)?.path ?? '');
  const pathsOf = (some: readonly Directory[]): readonly string[] => some.map(({ path }) => path);
  const about = pathsOf(closed).join(', ');
  const hasAcl = installed.has('setfacl');
  const own = closed.filter(({ uid }) => uid === user.uid);
  if (own.length > 0) return missing('directories', about, letThrough('user', pathsOf(own), root.uid, hasAcl));
  // Below a directory of somebody else's a path may be another one by the time that root follows it.
  const ofRoot = directories.slice(0, directories.findLastIndex((one) => closed.includes(one)) + 1);
  const isSafe = ofRoot.every(({ uid }) => uid === 0);
  return missing('directories', about, isSafe ? letThrough('root', pathsOf(closed), root.uid, hasAcl) : undefined);
};

const checkGroup = ({ hasUnifiedGroups, hasManager, user }: UnprivilegedFacts): UnprivilegedFinding => {
  if (!hasUnifiedGroups) return { need: 'controlGroup', state: 'unknown', about: '' };
  return hasManager
    ? fine('controlGroup', `user@${user.uid}.service`)
    : missing('controlGroup', `user@${user.uid}.service`, linger(user));
};

/** What is missing for containers without privileges, in the order in which it is needed. */
export const checkUnprivileged = (facts: UnprivilegedFacts): readonly UnprivilegedFinding[] => [
  ...checkRanges(facts),
  ...checkMappers(facts),
  ...checkSwitches(facts),
  ...checkNetwork(facts),
  checkConfig(facts),
  checkDirectories(facts),
  checkGroup(facts),
];
