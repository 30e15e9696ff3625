import type { NameProblem } from './errors.ts';
import { MachineError } from './errors.ts';

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/**
 * What systemd has against a machine name, from `hostname_is_valid()` in its src/basic/hostname-util.c: letters, digits
 * and dashes in labels that are parted by single dots, no dash at the edge of a label's start nor at the end, 64 bytes at most.
 */
export const checkMachineName = (name: string): NameProblem | undefined => {
  if (name === '') return 'empty';
  if (name === '.host') return 'reserved';
  if (bytes(name) > 64) return 'tooLong';
  if (!/^[a-zA-Z0-9.-]*$/u.test(name)) return 'badCharacter';
  if (name.startsWith('-')) return 'leadingDash';
  if (name.startsWith('.') || name.endsWith('.') || name.includes('..')) return 'badDots';
  // A dash that ends the name, or that stands on either side of a dot.
  if (name.endsWith('-') || name.includes('.-') || name.includes('-.')) return 'badCharacter';
  return undefined;
};

/**
 * The machine name that systemd-nspawn makes of the name of a directory or disk image, from `hostname_cleanup()` in systemd's
 * src/basic/hostname-util.c: what no name can hold drops out, so `modèle` runs as `modle` and `a_b` as `ab`. Empty where nothing is left.
 */
export const machineNameOfImage = (name: string): string => {
  let clean = '';
  for (const character of name.replace(/[^a-zA-Z0-9.-]/gu, '')) {
    if (clean.length === 64) break;
    const before = clean.at(-1) ?? '.';
    if (character === '.' ? before === '.' || before === '-' : character === '-' && before === '.') continue;
    clean += character;
  }
  return clean.replace(/[.-]$/u, '');
};

/**
 * 255 is what `image_name_is_valid()` says. But machined also makes lock files and temporary names of it: at 250 bytes systemd
 * 252 clones an image that it then cannot remove, 257 fails from 250 and 262 from 249 on, and raw images have a suffix besides.
 */
const longestImageName = 240;

/**
 * What systemd has against a new image name, from `image_name_is_valid()` in its src/basic/os-util.c: a file name in UTF-8
 * without control characters, which does not look like a temporary file (`.#…`). More than a machine name may hold: `_`,
 * blanks and a leading dot or dash are fine for an image, but it cannot be started under that name.
 */
export const checkImageName = (name: string): NameProblem | undefined => {
  if (name === '') return 'empty';
  if (name === '.host') return 'reserved';
  if (name === '.' || name === '..') return 'badDots';
  const hasControl = Buffer.from(name).some((byte) => byte < 0x20 || byte === 0x7f);
  // Half a surrogate pair is no character and would reach the tool as another name.
  if (hasControl || /[/\p{Surrogate}]/u.test(name)) return 'badCharacter';
  if (name.startsWith('.#')) return 'badCharacter';
  return bytes(name) > longestImageName ? 'tooLong' : undefined;
};

/** @throws MachineError invalidName */
export const requireMachineName = (name: string): void => {
  const problem = checkMachineName(name);
  if (problem !== undefined) throw new MachineError({ kind: 'invalidName', name, problem });
};

/** @throws MachineError invalidName */
export const requireImageName = (name: string): void => {
  const problem = checkImageName(name);
  if (problem !== undefined) throw new MachineError({ kind: 'invalidName', name, problem });
};
