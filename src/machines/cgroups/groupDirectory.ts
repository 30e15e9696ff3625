import { dirname } from 'node:path';
import type { ControlGroup, Hierarchy } from './controlGroup.ts';

/** The directory of a group, absolute and without a slash at its end. */
export const groupDirectory = ({ hierarchy, path }: ControlGroup): string =>
  path === '/' ? hierarchy.mountPoint : `${hierarchy.mountPoint}${path}`;

/** A file of a group, such as `memory.max`. */
export const groupFile = (group: ControlGroup, file: string): string => `${groupDirectory(group)}/${file}`;

/** The group above; the root is above itself. */
export const parentOf = ({ hierarchy, path }: ControlGroup): ControlGroup => ({ hierarchy, path: dirname(path) });

/** The path that the kernel gives a group, from the root of this cgroup namespace. */
export const pathOfKernel = ({ hierarchy: { root }, path }: ControlGroup): string =>
  root === undefined ? path : path === '/' ? root : `${root}${path}`;

/** A path of the kernel below a group that is mounted: undefined where it lies elsewhere. */
export const pathInHierarchy = (path: string, root: string | undefined): string | undefined => {
  if (root === undefined || root === '/') return path;
  if (path === root) return '/';
  return path.startsWith(`${root}/`) ? path.slice(root.length) : undefined;
};

/**
 * The same group in another hierarchy: by convention it has the same path for the kernel, whichever part of each hierarchy is
 * mounted. Undefined where that lies outside of what is mounted; whether it is there is another question.
 */
export const counterpart = (group: ControlGroup, hierarchy: Hierarchy): ControlGroup | undefined => {
  const path = pathInHierarchy(pathOfKernel(group), hierarchy.root);
  return path === undefined ? undefined : { hierarchy, path };
};
