import { parse } from 'ini';
import { cleanText } from './cleanText.ts';
import type { OsRelease } from '../machine.ts';

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
