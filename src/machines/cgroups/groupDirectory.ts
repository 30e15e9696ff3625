import type { ControlGroup } from './controlGroup.ts';

/** The directory of a group, absolute and without a slash at its end. */
export const groupDirectory = ({ hierarchy, path }: ControlGroup): string =>
  path === '/' ? hierarchy.mountPoint : `${hierarchy.mountPoint}${path}`;

/** A file of a group, such as `memory.max`. */
export const groupFile = (group: ControlGroup, file: string): string => `${groupDirectory(group)}/${file}`;
