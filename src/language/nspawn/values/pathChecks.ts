import type { Span } from '../../document.ts';
import { utf8Length } from '../../utf8Length.ts';

/** path_is_absolute() of systemd (basic/path-util.h). */
export const isAbsolutePath = (path: string): boolean => path.startsWith('/');

/** NAME_MAX and PATH_MAX of Linux, in bytes; the second counts the byte that ends a path. */
const longestName = 255;
const longestPath = 4095;

/** A name in a path, as its place there. */
const namesIn = (path: string): readonly (Span & { readonly name: string })[] => {
  const names: (Span & { readonly name: string })[] = [];
  let start = 0;
  while (start < path.length) {
    const slash = path.indexOf('/', start);
    const end = slash < 0 ? path.length : slash;
    if (end > start) names.push({ start, end, name: path.slice(start, end) });
    start = end + 1;
  }
  return names;
};

/**
 * An absolute path without what means nothing: `//`, `/./`, a `/` at the end. Since 255 also without the `..` at its
 * beginning, which stay in the root directory (path_simplify() of basic/path-util.c).
 */
const simplifyPath = (path: string, systemdVersion: number): string => {
  const names = namesIn(path)
    .map(({ name }) => name)
    .filter((name) => name !== '.');
  const first = systemdVersion < 255 ? 0 : names.findIndex((name) => name !== '..');
  return first < 0 ? '/' : `/${names.slice(first).join('/')}`;
};

/** What keeps an absolute path from being a valid one, and where in the path. */
export interface PathFault extends Span {
  readonly fault: 'parent' | 'redundant' | 'name-too-long' | 'path-too-long';
}

const withParent = (path: string, from: number): PathFault | undefined => {
  const parent = namesIn(path).find(({ name, start }) => name === '..' && start >= from);
  return parent && { fault: 'parent', start: parent.start, end: parent.end };
};

const tooLongName = (path: string): PathFault | undefined => {
  const long = namesIn(path).find(({ name }) => name.length > longestName / 3 && utf8Length(name) > longestName);
  return long && { fault: 'name-too-long', start: long.start, end: long.end };
};

const tooLongPath = (path: string, counted: string): PathFault | undefined =>
  counted.length > longestPath / 3 && utf8Length(counted) > longestPath
    ? { fault: 'path-too-long', start: 0, end: path.length }
    : undefined;

/** For a directive that simplifies before it looks: path_simplify_and_warn() of shared/parse-helpers.c. */
export const faultOfSimplified = (path: string, systemdVersion: number): PathFault | undefined => {
  // As nearly every path is.
  if (path.length <= longestName / 3 && !path.includes('..')) return undefined;
  const leading = systemdVersion < 255 ? 0 : (/^(?:\/|\.\.?(?=\/|$))+/u.exec(path)?.[0].length ?? 0);
  return (
    withParent(path, leading) ??
    (systemdVersion < 248 ? undefined : tooLongName(path)) ??
    tooLongPath(path, simplifyPath(path, systemdVersion))
  );
};

/** For a directive that takes a path as it stands: path_is_normalized() of basic/path-util.c, as of systemd 249 and later. */
export const faultOfNormalized = (path: string): PathFault | undefined => {
  const redundant = /\/\/|\/\.(?=\/|$)/u.exec(path);
  return (
    withParent(path, 0) ??
    (redundant ? { fault: 'redundant', start: redundant.index, end: redundant.index + 2 } : undefined) ??
    tooLongName(path) ??
    tooLongPath(path, path)
  );
};
