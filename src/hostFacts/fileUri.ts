import { pathToFileURL } from 'node:url';
import { machineOfPath } from './place.ts';

/** `%` and two digits stand for a byte; what is no such number stands for itself. */
const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** The path of a file's URI; undefined for what is no file of this machine, such as an unsaved text. */
export const filePathOf = (uri: string): string | undefined => {
  if (!URL.canParse(uri)) return undefined;
  const { protocol, host, pathname } = new URL(uri);
  return protocol === 'file:' && host === '' ? decoded(pathname) : undefined;
};

/** The path of any URI, for the name at its end. */
export const pathNameOf = (uri: string): string => (URL.canParse(uri) ? decoded(new URL(uri).pathname) : uri);

/** The machine that a `.nspawn` file is named for. */
export const machineOf = (uri: string): string | undefined => machineOfPath(pathNameOf(uri));

/** The URI of a file of this machine. */
export const uriOfPath = (path: string): string => pathToFileURL(path).href;
