import { existsSync } from 'node:fs';
import type { Run } from '../command.ts';
import { systemdPaths } from '../host/systemdPaths.ts';
import type { ControlGroup, Hierarchy } from './controlGroup.ts';
import { pathInHierarchy, pathOfKernel } from './groupDirectory.ts';
import { kindOfName, unescapeGroup } from './observe/groupName.ts';
import { groupInProcess } from './observe/groupOfProcess.ts';
import { createKnownUnits, loadedUnits } from './observe/knownUnits.ts';
import { readSmallFile } from './observe/readSmallFile.ts';

/** Whom systemd has given a group to; the manager is this host's, or that of a user. */
export interface Unit {
  readonly name: string;
  /** The user whose own systemd runs it. */
  readonly uid?: number;
}

/** Who looks after a group. */
export type GroupOwner =
  /** Nobody but who made it. */
  | { readonly kind: 'nobody' }
  /** It is the group of a unit; `slice` where further units lie in it. */
  | { readonly kind: 'unit'; readonly unit: Unit; readonly slice: boolean }
  /** It lies below the group of a unit that is no slice: that of a service, which may have been delegated. */
  | { readonly kind: 'inside'; readonly unit: Unit }
  /** It lies in a slice and is no unit. */
  | { readonly kind: 'inSlice'; readonly unit: Unit };

export type OwnerOf = (group: ControlGroup) => GroupOwner;

/** Whether a systemd has a unit of that name: the host's, or that of the user with that number. */
type IsUnit = (name: string, uid: number | undefined) => boolean;

const rootSlice = '-.slice';

// `a-b.slice` lies in `a.slice`, and only there.
const sliceAbove = (slice: string): string => {
  const name = slice.slice(0, -'.slice'.length);
  const dash = name.lastIndexOf('-');
  return dash <= 0 ? rootSlice : `${name.slice(0, dash)}.slice`;
};

interface Place {
  readonly owner: GroupOwner;
  /** The innermost slice on the way. */
  readonly slice: string;
  /** The names below it. */
  readonly rest: readonly string[];
}

/** Goes down slices, then at most one unit, then what is below it; `names` are from the root of one systemd's tree. */
const descend = (names: readonly string[], isUnit: IsUnit, uid: number | undefined): Place => {
  const user = uid === undefined ? {} : { uid };
  let slice = rootSlice;
  for (const [index, name] of names.entries()) {
    const kind = kindOfName(name);
    const isNested = kind === 'slice' && name !== rootSlice && sliceAbove(name) === slice;
    if (isNested && isUnit(name, uid)) {
      slice = name;
      continue;
    }
    const rest = names.slice(index + 1);
    if (kind !== 'slice' && kind !== 'plain' && isUnit(name, uid)) {
      const unit = { name, ...user };
      return {
        owner: rest.length === 0 ? { kind: 'unit', unit, slice: false } : { kind: 'inside', unit },
        slice,
        rest,
      };
    }
    const isPlain = slice === rootSlice;
    return { owner: isPlain ? { kind: 'nobody' } : { kind: 'inSlice', unit: { name: slice, ...user } }, slice, rest };
  }
  const unit = { name: slice, ...user };
  return { owner: slice === rootSlice ? { kind: 'nobody' } : { kind: 'unit', unit, slice: true }, slice, rest: [] };
};

const namesIn = (path: string): readonly string[] =>
  path
    .split('/')
    .filter((name) => name !== '')
    .map(unescapeGroup);

/** The slice that holds a path of systemd's, told from the names: not one that what runs in a unit has made below it. `-.slice` is the root. */
export const sliceOfPath = (path: string): string => descend(namesIn(path), () => true, undefined).slice;

/**
 * Whose a group is, told from how systemd lays groups out: slices in slices, units in them, and below a unit whatever that does. In
 * `user@UID.service` the systemd of a user does the same again. `root` is the group below which systemd has put everything.
 */
export const ownerIn = (group: ControlGroup, root: string | undefined, isUnit: IsUnit): GroupOwner => {
  const below = root === undefined ? undefined : pathInHierarchy(pathOfKernel(group), root);
  if (below === undefined) return { kind: 'nobody' };
  const { owner, rest } = descend(namesIn(below), isUnit, undefined);
  const uid = owner.kind === 'inside' ? /^user@(\d+)\.service$/u.exec(owner.unit.name)?.[1] : undefined;
  if (uid === undefined) return owner;
  const inner = descend(rest, isUnit, Number(uid)).owner;
  return inner.kind === 'nobody' ? owner : inner;
};

/** What is asked of systemd; elsewhere only in tests. */
export interface AskedOfSystemd {
  readonly units: typeof loadedUnits;
  /** Exists where systemd is process 1. */
  readonly booted: string;
  /** In which groups process 1 is. */
  readonly firstProcess: string;
}

export const hostSystemd: AskedOfSystemd = {
  units: loadedUnits,
  booted: systemdPaths.booted,
  firstProcess: '/proc/1/cgroup',
};

/**
 * The group below which systemd, process 1, has put everything; undefined where no systemd runs, and of hierarchies of v1 that somebody
 * else has mounted: systemd mounts its own below /sys/fs/cgroup, and marks where it is in the one that has its name.
 */
const systemdRoot = (hierarchy: Hierarchy, { booted, firstProcess }: AskedOfSystemd): string | undefined => {
  if (!existsSync(booted)) return undefined;
  const isV2 = hierarchy.version === 2;
  if (!isV2 && !hierarchy.mountPoint.startsWith('/sys/fs/cgroup/')) return undefined;
  const named = isV2 ? hierarchy : { ...hierarchy, controllers: [], name: 'systemd' };
  const said = groupInProcess(readSmallFile(firstProcess) ?? '', named);
  if (said === undefined) return isV2 ? '/' : undefined;
  return said.replace(/\/init\.scope$/u, '') || '/';
};

/** Says of each group whose it is, and learns which units there are. */
export interface GroupOwners {
  readonly ownerOf: OwnerOf;
  /** Looks anew where systemd is and which units it has. Resolves with whether any unit came or went; never rejects. */
  readonly refresh: () => Promise<boolean>;
}

const ownUid = process.getuid?.();

/**
 * For a view, which cannot wait: a name that systemd was not yet asked about counts as that of a unit until it denies it, of which
 * `onDenied` is told.
 */
export const createGroupOwners = (onDenied: () => void, asked = hostSystemd): GroupOwners => {
  const host = createKnownUnits(onDenied, () => asked.units());
  const own = ownUid === undefined ? undefined : createKnownUnits(onDenied, () => asked.units(ownUid));
  const roots = new Map<Hierarchy, string | undefined>();
  const rootOf = (hierarchy: Hierarchy): string | undefined => {
    if (!roots.has(hierarchy)) roots.set(hierarchy, systemdRoot(hierarchy, asked));
    return roots.get(hierarchy);
  };
  const isUnit: IsUnit = (name, uid) =>
    uid === undefined ? host.has(name) : uid !== ownUid || own === undefined || own.has(name);
  return {
    ownerOf: (group) => ownerIn(group, rootOf(group.hierarchy), isUnit),
    refresh: async () => {
      roots.clear();
      const changed = await Promise.all([host.refresh(), own?.refresh() ?? false]);
      return changed.includes(true);
    },
  };
};

/**
 * Whose groups are at this moment, for what is about to be done to them: a directory that somebody gave the name of a unit is not taken
 * for one. Where a systemd does not answer, as that of another user, names have to do.
 */
export const readOwners = async (asked = hostSystemd): Promise<OwnerOf> => {
  const unitsOf = (uid: number | undefined): Promise<ReadonlySet<string> | undefined> =>
    asked.units(uid).catch(() => undefined);
  const [host, own] = await Promise.all([unitsOf(undefined), ownUid === undefined ? undefined : unitsOf(ownUid)]);
  const isUnit: IsUnit = (name, uid) =>
    (uid === undefined ? host : uid === ownUid ? own : undefined)?.has(name) ?? true;
  return (group) => ownerIn(group, systemdRoot(group.hierarchy, asked), isUnit);
};

/** The options by which systemctl and systemd-run speak to the systemd that runs a unit. */
export const managerOptions = ({ uid }: Unit): readonly string[] =>
  uid === undefined ? [] : ownUid === uid ? ['--user'] : ['--user', `--machine=${uid}@`];

/** Whether systemd has given the group of a unit away: whoever runs there may make groups in it. */
const isDelegated = async (run: Run, unit: Unit): Promise<boolean> =>
  run({
    file: 'systemctl',
    args: [...managerOptions(unit), 'show', '--property=Delegate', '--value', '--', unit.name],
    parse: ({ stdout }) => stdout.trim() === 'yes',
  }).catch(() => false);

/** The unit that would be in the way of somebody who makes, moves or removes things in a group; undefined where none is. */
export const unitInTheWay = async (run: Run, owner: GroupOwner): Promise<Unit | undefined> => {
  switch (owner.kind) {
    case 'nobody':
      return undefined;
    case 'inSlice':
      return owner.unit;
    case 'unit':
      return !owner.slice && (await isDelegated(run, owner.unit)) ? undefined : owner.unit;
    case 'inside':
      return (await isDelegated(run, owner.unit)) ? undefined : owner.unit;
  }
};
