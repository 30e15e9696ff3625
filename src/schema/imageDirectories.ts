/**
 * Where systemd looks for images of machines, in this order, the first of a name wins: image_search_path of its
 * src/shared/discover-image.c, which every supported version has alike. Whoever asks where images lie asks here.
 */
export const imageDirectories: readonly string[] = [
  '/etc/machines',
  '/run/machines',
  '/var/lib/machines',
  '/var/lib/container',
  '/usr/local/lib/machines',
  '/usr/lib/machines',
];

/** An absolute path without `.`, `..`, and slashes that mean nothing. */
const clean = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

/** Those that the setting `nspawn.imageDirectories` adds: absolute, `~` is `home`, each once; what is neither is left out. */
export const directoriesIn = (setting: unknown, home: string): readonly string[] => {
  const given: readonly unknown[] = Array.isArray(setting) ? setting : [];
  const absolute = given.flatMap((directory) => {
    if (typeof directory !== 'string') return [];
    const path = directory === '~' || directory.startsWith('~/') ? `${home}/${directory.slice(1)}` : directory;
    return path.startsWith('/') ? [clean(path)] : [];
  });
  return [...new Set(absolute)];
};
