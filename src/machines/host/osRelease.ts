import { parse } from 'ini';
import { cleanText, readInside } from './readInside.ts';
import type { OsRelease } from '../machine.ts';
import { boundedReads, NoAnswer } from './boundedReads.ts';

/** Shell quoting is allowed in os-release(5); `ini` leaves what JSON does not know, such as `\$`. */
const unquote = (value: string): string => {
  const quoted = /^(["'])(.*)\1$/su.exec(value);
  return (quoted?.[2] ?? value).replace(/\\([$`"'\\])/gu, '$1');
};

const field = (fields: Readonly<Record<string, unknown>>, key: string): string | undefined => {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (typeof value !== 'string' && typeof value !== 'boolean') return undefined;
  const text = cleanText(unquote(String(value)));
  return text === '' ? undefined : text;
};

/** Picks what is shown out of the fields of an os-release, which the container has written: cleaned and cut. */
export const osReleaseFromFields = (fields: Readonly<Record<string, unknown>>): OsRelease => ({
  id: field(fields, 'ID'),
  name: field(fields, 'NAME'),
  versionId: field(fields, 'VERSION_ID'),
  prettyName: field(fields, 'PRETTY_NAME'),
});

/** Reads the text of an os-release file. Never throws; what cannot be read is undefined. */
export const parseOsRelease = (text: string): OsRelease => osReleaseFromFields(parse(text));

/**
 * Reads the os-release file of an operating system tree on disk; undefined where there is none that can be read. The tree is
 * seen as the host mounts it, so a running machine cannot make it hang, but a mount of the host's in it can.
 * @param read one of its files, by the path in it
 */
export const osReleaseInTree = async (
  root: string,
  read = (path: string): Promise<string> => boundedReads(() => readInside(root, path)),
): Promise<OsRelease | undefined> => {
  for (const path of ['etc/os-release', 'usr/lib/os-release']) {
    try {
      return parseOsRelease(await read(path));
    } catch (error) {
      if (error instanceof NoAnswer) return undefined;
      // The next place; neither is there in many a BusyBox tree.
    }
  }
  return undefined;
};
