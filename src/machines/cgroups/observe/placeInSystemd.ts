import { existsSync } from 'node:fs';
import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { groupInProcess, pathInHierarchy, pathOfKernel } from './groupOfProcess.ts';
import { kindOfName, unescapeGroup } from './groupName.ts';
import { readSmallFile } from './readSmallFile.ts';

/** Where a group stands in the tree that systemd of this host makes. */
export interface PlaceInSystemd {
  /** The unit whose own group it is, such as `ssh.service`. */
  readonly unit?: string;
  /** The unit below whose group it lies, where that is no slice: that unit has been given the subtree, and systemd keeps out of it. */
  readonly inside?: string;
}

// `a-b.slice` lies in `a.slice`, and only there.
const sliceAbove = (slice: string): string => {
  const name = slice.slice(0, -'.slice'.length);
  const dash = name.lastIndexOf('-');
  return dash <= 0 ? '-.slice' : `${name.slice(0, dash)}.slice`;
};

const systemdLine = (hierarchy: Hierarchy): Hierarchy =>
  hierarchy.version === 2 ? hierarchy : { ...hierarchy, controllers: [], name: 'systemd' };

/** The group below which systemd, process 1, has put everything; undefined where no systemd runs. */
export const systemdRoot = (hierarchy: Hierarchy): string | undefined => {
  if (!existsSync('/run/systemd/system')) return undefined;
  const said = groupInProcess(readSmallFile('/proc/1/cgroup') ?? '', systemdLine(hierarchy));
  return said === undefined ? '/' : said.replace(/\/init\.scope$/u, '') || '/';
};

/**
 * Tells from the names, and from how systemd nests slices, whose group it is. `root` is what `systemdRoot` said; `isUnit` says which
 * units there are, where that is known, so that a directory that somebody gave the name of a unit is not taken for one.
 */
export const placeInSystemd = (
  group: ControlGroup,
  root: string | undefined,
  isUnit: (unit: string) => boolean,
): PlaceInSystemd => {
  if (root === undefined) return {};
  const below = pathInHierarchy(pathOfKernel(group), root);
  if (below === undefined || below === '/') return {};
  const names = below.slice(1).split('/').map(unescapeGroup);
  let slice = '-.slice';
  for (const [index, name] of names.entries()) {
    const kind = kindOfName(name);
    if (kind === 'plain' || !isUnit(name)) return {};
    const isLast = index === names.length - 1;
    if (kind !== 'slice') return isLast ? { unit: name } : { inside: name };
    if (sliceAbove(name) !== slice) return {};
    if (isLast) return { unit: name };
    slice = name;
  }
  return {};
};
