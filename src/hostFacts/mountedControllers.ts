import { readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { unescapeOctal } from '../hostFiles/paths.ts';
import type { MountedController } from '../language/context.ts';

const readOr = (path: string, otherwise: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A file that is not there or may not be read tells as little as an empty one.
    return otherwise;
  }
};

const words = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== '');

/**
 * Which controllers libcgroup finds, as cgroup_init() of its src/api.c looks for them: those of /proc/cgroups among the mount
 * options of v1, and of v2 what the root of the hierarchy offers. Where one is mounted twice the first mount counts.
 * @param root what stands for `/`
 */
export const mountedControllers = (root: string): readonly MountedController[] => {
  const known = readOr(join(root, 'proc/cgroups'), '')
    .split('\n')
    .flatMap((line) => (line.startsWith('#') ? [] : words(line).slice(0, 1)));
  const found = new Map<string, MountedController>();
  const add = (name: string, version: 1 | 2): void => {
    if (!found.has(name)) found.set(name, { name, version });
  };
  for (const line of readOr(join(root, 'proc/self/mounts'), '').split('\n')) {
    const [, directory = '', type, options = ''] = line.split(' ');
    if (type === 'cgroup2') {
      const offered = words(readOr(join(root, unescapeOctal(directory), 'cgroup.controllers'), ''));
      for (const name of offered) add(name, 2);
    } else if (type === 'cgroup')
      for (const option of unescapeOctal(options).split(','))
        if (known.includes(option) || option.startsWith('name=')) add(option, 1);
  }
  return [...found.values()];
};
