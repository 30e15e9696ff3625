import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutComments } from '../cText.ts';
import { SourceProblem } from '../sourceProblem.ts';
import type { LibcgroupSource } from './cgroups.ts';

/** A release of libcgroup, or undefined where the folder holds something else. */
export const openLibcgroup = (folder: string): LibcgroupSource | undefined => {
  const [configure, map] = [join(folder, 'configure.ac'), join(folder, 'src/abstraction-map.c')];
  if (!existsSync(configure) || !existsSync(map)) return undefined;
  const version = /^AC_INIT\(\[libcgroup\],\s*\[?([\d.]+)/mu.exec(readFileSync(configure, 'utf8'))?.[1];
  if (version === undefined) throw new SourceProblem(`${configure} does not say which release of libcgroup it is`);
  return { version, map: withoutComments(readFileSync(map, 'utf8')) };
};
