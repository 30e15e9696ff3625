import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceProblem, withoutComments } from './cText.ts';

/** One version of systemd, unpacked. Files are named from its root. */
export interface SystemdSource {
  readonly version: number;
  /**
   * The first of these files that exists; files move between versions.
   * @throws SourceProblem when none does
   */
  readonly read: (...paths: readonly string[]) => string;
  /** The same without its comments. */
  readonly readC: (...paths: readonly string[]) => string;
}

const readVersion = (folder: string): number => {
  for (const [file, pattern] of [
    ['meson.version', /^(\d+)/u],
    ['meson.build', /\bversion\s*:\s*'(\d+)/u],
  ] as const) {
    const path = join(folder, file);
    const found = existsSync(path) ? pattern.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
    if (found !== undefined) return Number(found);
  }
  throw new SourceProblem(
    `${folder} does not look like the source of systemd: no version in meson.version or meson.build`,
  );
};

export const openSource = (folder: string): SystemdSource => {
  const version = readVersion(folder);
  const read = (...paths: readonly string[]): string => {
    const path = paths.map((name) => join(folder, name)).find((name) => existsSync(name));
    if (path === undefined)
      throw new SourceProblem(`systemd ${version} has no ${paths.join(' or ')}; say where it is now`);
    return readFileSync(path, 'utf8');
  };
  return { version, read, readC: (...paths) => withoutComments(read(...paths)) };
};
