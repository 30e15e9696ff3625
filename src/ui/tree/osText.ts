import type { OsRelease } from '../../machines/machine.ts';
import { plainText } from '../plainText.ts';

const limit = 40;

const shortName = (os: OsRelease): string =>
  plainText(os.name ?? '', limit).replace(/(?<=\S)(?: GNU\/Linux| Linux)$/u, '');

/** The group of an operating system, without its version: `Debian`. */
export const osGroupText = (os: OsRelease): string | undefined => {
  const name = shortName(os) || plainText(os.id ?? '', limit);
  return name === '' ? undefined : name;
};

/**
 * An operating system in the few characters that a row has: `Debian 13`, `Arch`, `Fedora 42`. What the container says is
 * not trusted: it is cleaned and cut.
 */
export const shortOsText = (os: OsRelease): string | undefined => {
  const short = shortName(os);
  const version = plainText(os.versionId ?? '', 16);
  if (short !== '') return version === '' ? short : `${short} ${version}`;
  const other = plainText(os.prettyName ?? os.id ?? '', limit);
  return other === '' ? undefined : other;
};

/** The whole name, for a tooltip: `Debian GNU/Linux 13 (trixie)`. */
export const longOsText = (os: OsRelease): string | undefined => {
  const pretty = plainText(os.prettyName ?? '', 80);
  return pretty === '' ? shortOsText(os) : pretty;
};
