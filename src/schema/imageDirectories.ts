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
