import { readdirSync, statSync } from 'node:fs';
import type { ControlGroup } from '../../cgroups/controlGroup.ts';
import { groupDirectory } from '../../cgroups/groupDirectory.ts';
import { type ContainerRef, isDefined, type LxcPlaces, ownerOf, ownPath, systemPath, userOf } from '../places.ts';
import {
  findRunningIn,
  monitorKey,
  parentOfGroups,
  type PathsOfContainers,
  payloadKey,
  type RunningContainer,
} from './runningContainers.ts';

/** Below a user's slice there are as many as programs that the user has started; who has more is left with these. */
export const mostGroups = 2_000;

/**
 * Whether containers may have been started below: in a slice, a scope or a service, and not in what runs in these. After a reboot the
 * groups of a container lie one deeper, in the `lxc.pivot` in which LXC has waited meanwhile.
 */
export const mayHoldContainers = (name: string): boolean =>
  /\.(?:slice|scope|service)$/u.test(name) || name === 'lxc.pivot';

export const isGroupOfContainer = (name: string): boolean =>
  monitorKey(name) !== undefined || payloadKey(name) !== undefined;

export const childOf = ({ hierarchy, path }: ControlGroup, name: string): ControlGroup => ({
  hierarchy,
  path: `${path === '/' ? '' : path}/${name}`,
});

export const isGroup = (group: ControlGroup): boolean => {
  try {
    return statSync(groupDirectory(group)).isDirectory();
  } catch {
    return false;
  }
};

/** The names of the groups in a group; none where it is gone. */
export const groupsIn = (group: ControlGroup): readonly string[] => {
  try {
    return readdirSync(groupDirectory(group), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch {
    return [];
  }
};

/** Where LXC makes the groups of the containers of a directory. */
export interface PlaceOfGroups {
  readonly top: ControlGroup;
  /** In whatever group they were started, which `top` is somewhere above. */
  readonly isDeep: boolean;
  /** The directory that whoever starts a container there means without naming one. */
  readonly usualPath: string;
  /** Another user, whose processes may say of themselves what they like. */
  readonly isOfOther: boolean;
}

type Places = Pick<LxcPlaces, 'hierarchies' | 'configuration' | 'home' | 'passwd'>;

/**
 * LXC of root makes them at the top of the hierarchy. That of a user may do so only in groups that systemd has handed to the user, which lie
 * in the user's slice.
 */
export const placeOfGroups = (places: Places, lxcpath: string): PlaceOfGroups | undefined => {
  const other = userOf(places, lxcpath);
  const isOfOther = other !== undefined;
  const owner = isOfOther ? other.uid : ownerOf(lxcpath);
  const usualPath = systemPath(places);
  if (!isOfOther && lxcpath !== ownPath(places) && (lxcpath === usualPath || owner === 0)) {
    const top = parentOfGroups(places);
    return top === undefined ? undefined : { top, isDeep: false, usualPath, isOfOther };
  }
  const hierarchy = places.hierarchies().find(({ version }) => version === 2);
  if (owner === undefined || hierarchy === undefined) return undefined;
  return { top: { hierarchy, path: `/user.slice/user-${owner}.slice` }, isDeep: true, usualPath: lxcpath, isOfOther };
};

/** How a container of a directory is told by its group. */
const pathsOf = ({ usualPath, isOfOther }: PlaceOfGroups, lxcpath: string): PathsOfContainers => ({
  lxcpath,
  usualPath,
  ...(isOfOther ? { isDefined: (name) => isDefined({ lxcpath, name }) !== false } : {}),
});

/** All groups in which containers may have been started, as they are now. */
const groupsToSearch = ({ top, isDeep }: PlaceOfGroups): readonly ControlGroup[] => {
  const found = [top];
  // Grows while it is gone through.
  if (isDeep)
    for (const group of found) {
      if (found.length > mostGroups) break;
      for (const name of groupsIn(group)) if (mayHoldContainers(name)) found.push(childOf(group, name));
    }
  return found;
};

/** Looks now whether a container runs. */
export const findRunning = (
  places: Places & Pick<LxcPlaces, 'proc'>,
  ref: ContainerRef,
): RunningContainer | undefined => {
  const place = placeOfGroups(places, ref.lxcpath);
  if (place === undefined) return undefined;
  for (const group of groupsToSearch(place)) {
    const found = findRunningIn(places, group, ref.name, pathsOf(place, ref.lxcpath));
    if (found !== undefined) return found;
  }
  return undefined;
};
