import type { SourceFile } from './fileType.ts';

/** What lies at a path that a text includes; `noDirectory` is a file whose path is written as that of a directory. */
export type Included =
  | { readonly kind: 'file'; readonly file: SourceFile }
  | { readonly kind: 'directory'; readonly paths: readonly string[] }
  | { readonly kind: 'absent' | 'noDirectory' | 'unknown' };

/** What a file includes, itself and through others. */
export interface Includes {
  /** The absolute path of the file itself; undefined for a text that has none. */
  readonly from?: string;
  /** By the path as it is written. Nobody has looked at one that is not in there. */
  readonly at: ReadonlyMap<string, Included>;
}

/** Of different paths: who includes more has written none of it by hand. */
const mostIncluded = 200;

/**
 * Goes along all that a file includes.
 * @param lookAt undefined for what is not known yet, which is in `missing` then
 */
export const gatherIncludes = (
  { type, document }: SourceFile,
  lookAt: (path: string) => Included | undefined,
): { readonly at: ReadonlyMap<string, Included>; readonly missing: readonly string[] } => {
  const at = new Map<string, Included>();
  const missing = new Set<string>();
  const wanted = [...(type.includes?.(document) ?? [])];
  for (const path of wanted) {
    if (at.has(path) || missing.has(path)) continue;
    if (at.size + missing.size >= mostIncluded) break;
    const found = lookAt(path);
    if (found === undefined) missing.add(path);
    else at.set(path, found);
    if (found?.kind === 'file') wanted.push(...(found.file.type.includes?.(found.file.document) ?? []));
    else if (found?.kind === 'directory') wanted.push(...found.paths);
  }
  return { at, missing: [...missing] };
};
