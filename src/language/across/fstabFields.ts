/** getmntent(3): what stands for a blank, a tab, a line end, and the backslash itself. */
export const pathInField = (field: string): string =>
  field.replaceAll(
    /\\(?:040|011|012|134|\\)/gu,
    (code) => ({ '\\040': ' ', '\\011': '\t', '\\012': '\n' })[code] ?? '\\',
  );

/** A path as a line of fstab holds it; undefined where it cannot. */
export const fieldOf = (path: string): string | undefined =>
  path === '' || /[\n\r\0]/u.test(path)
    ? undefined
    : path.replaceAll('\\', '\\134').replaceAll(' ', '\\040').replaceAll('\t', '\\011');
