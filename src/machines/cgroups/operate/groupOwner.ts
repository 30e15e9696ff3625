import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Run } from '../../command.ts';
import type { ControlGroup } from '../controlGroup.ts';

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

const unitSuffix = /\.(?:service|scope|mount|swap|socket)$/u;

interface Place {
  readonly unit: Unit | undefined;
  readonly isSlice: boolean;
  readonly rest: readonly string[];
}

/** Goes down slices, then at most one unit, then what is below it. */
const descend = (parts: readonly string[], uid: number | undefined): Place => {
  const user = uid === undefined ? {} : { uid };
  let slice: string | undefined;
  for (const [index, part] of parts.entries()) {
    if (part.endsWith('.slice')) {
      slice = part;
      continue;
    }
    const rest = parts.slice(index + 1);
    if (unitSuffix.test(part)) return { unit: { name: part, ...user }, isSlice: false, rest };
    return {
      unit: slice === undefined ? undefined : { name: slice, ...user },
      isSlice: true,
      rest: parts.slice(index),
    };
  }
  return { unit: slice === undefined ? undefined : { name: slice, ...user }, isSlice: true, rest: [] };
};

/**
 * Whose a group is, told from its path as systemd lays groups out: slices in slices, units in them, and below a unit whatever
 * that does. In `user@UID.service` the systemd of a user does the same again.
 */
export const ownerOfPath = (path: string): GroupOwner => {
  const parts = path.split('/').filter((part) => part !== '');
  let place = descend(parts, undefined);
  const uid = /^user@(\d+)\.service$/u.exec(place.unit?.name ?? '')?.[1];
  if (uid !== undefined && place.rest.length > 0) {
    const inner = descend(place.rest, Number(uid));
    if (inner.unit !== undefined) place = inner;
  }
  const { unit, isSlice, rest } = place;
  if (unit === undefined) return { kind: 'nobody' };
  if (rest.length === 0) return { kind: 'unit', unit, slice: isSlice };
  return isSlice ? { kind: 'inSlice', unit } : { kind: 'inside', unit };
};

/** The same on this host; nobody's where no systemd runs, or in a hierarchy that is mounted where systemd does not look. */
export const ownerOf = ({ hierarchy, path }: ControlGroup): GroupOwner =>
  `${hierarchy.mountPoint}/`.startsWith('/sys/fs/cgroup/') && existsSync('/run/systemd/system')
    ? ownerOfPath(path)
    : { kind: 'nobody' };

/** The options by which systemctl and systemd-run speak to the systemd that runs a unit. */
export const managerOptions = ({ uid }: Unit): readonly string[] =>
  uid === undefined ? [] : process.getuid?.() === uid ? ['--user'] : ['--user', `--machine=${uid}@`];

/** Whether systemd has given the group of a unit away: whoever runs there may make groups in it. */
export const isDelegated = async (run: Run, unit: Unit): Promise<boolean> =>
  run({
    file: 'systemctl',
    args: [...managerOptions(unit), 'show', '--property=Delegate', '--value', '--', unit.name],
    parse: ({ stdout }) => stdout.trim() === 'yes',
  }).catch(() => false);

/** The unit that would be in the way of somebody who makes, moves or removes things in a group; undefined where none is. */
export const unitInTheWay = async (run: Run, group: ControlGroup): Promise<Unit | undefined> => {
  const owner = ownerOf(group);
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

export const parentOf = ({ hierarchy, path }: ControlGroup): ControlGroup => ({ hierarchy, path: dirname(path) });

export const nameOf = ({ hierarchy, path }: ControlGroup): string =>
  path === '/' ? basename(hierarchy.mountPoint) : basename(path);
