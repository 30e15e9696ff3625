import { MachineError, type NameProblem } from '../errors.ts';

/** The name becomes the host name inside, of which the kernel takes 64 bytes. */
const longest = 64;

/**
 * What LXC, or the files that it makes, have against a new name. lxc-create and lxc-copy themselves refuse almost nothing: with a blank, a
 * colon or a slash in a name they make a container that then does not start, or one that lies elsewhere.
 */
export const checkContainerName = (name: string): NameProblem | undefined => {
  if (name === '') return 'empty';
  if (Buffer.byteLength(name, 'utf8') > longest) return 'tooLong';
  if (!/^[\p{L}\p{N}._+-]*$/u.test(name)) return 'badCharacter';
  if (name.startsWith('-')) return 'leadingDash';
  return name.startsWith('.') ? 'badDots' : undefined;
};

/** @throws MachineError invalidName */
export const requireNewName = (name: string): void => {
  const problem = checkContainerName(name);
  if (problem !== undefined) throw new MachineError({ kind: 'invalidName', name, problem });
};

/** Whether an entry of LXC's directory can be the name of a container that is there already, however strange. */
export const isEntryName = (name: string): boolean =>
  name !== '' && !name.startsWith('.') && !name.includes('/') && !name.includes('\0');

/** A name goes into paths of files that root reads and writes. @throws MachineError invalidName */
export const requireEntryName = (name: string): void => {
  if (isEntryName(name)) return;
  const problem = name === '' ? 'empty' : name.startsWith('.') ? 'badDots' : 'badCharacter';
  throw new MachineError({ kind: 'invalidName', name, problem });
};
