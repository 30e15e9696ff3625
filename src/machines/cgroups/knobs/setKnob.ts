import type { Operation } from '../../operation.ts';
import type { Unit } from '../groupOwner.ts';
import { byKernel, bySystemd } from '../operate/groupOperation.ts';
import type { KernelStep } from '../operate/kernelSteps.ts';
import { lookAtGroup, type SeenGroup } from '../operate/seen.ts';
import { readBytes } from './systemdProperties.ts';

/** Whether systemd keeps a change of a unit over the next start of the machine. */
export type Lasting = 'untilReboot' | 'forGood';

/**
 * Writes a parameter; each line of the value is a write of its own, as the kernel takes one at a time.
 * @throws MachineError noSuchGroup
 */
export const setKnob = async (given: SeenGroup, name: string, value: string): Promise<Operation> => {
  const group = await lookAtGroup(given);
  const steps = value.split('\n').map((line): KernelStep => ({ kind: 'write', group, file: name, text: line.trim() }));
  return byKernel(`${group.path} ${name}`, steps);
};

/** Sets the properties of a unit, which systemd writes to the kernel's files. */
export const setProperties = (unit: Unit, settings: readonly string[], lasting: Lasting): Operation =>
  bySystemd(unit, ['set-property', ...(lasting === 'untilReboot' ? ['--runtime'] : [])], undefined, settings);

/** What the kernel has made of a value that was written. */
export type Outcome =
  | { readonly kind: 'asWritten' }
  /** It keeps whole pages of memory only; `page` in bytes. */
  | { readonly kind: 'roundedDown'; readonly page: number }
  /** It is the same in other words, such as `4M` as `4194304`. */
  | { readonly kind: 'sameNumber' }
  | { readonly kind: 'other' };

/** Those that Linux is built with, in bytes, the usual one first. */
const pageSizes = [4096n, 16_384n, 65_536n];

/** Holds what was written against what is read back. */
export const outcomeOf = (written: string, read: string): Outcome => {
  const wanted = written.trim();
  if (wanted === read) return { kind: 'asWritten' };
  const [before, after] = [readBytes(wanted), readBytes(read)];
  if (before === undefined || after === undefined) return { kind: 'other' };
  if (before === after) return { kind: 'sameNumber' };
  const page = pageSizes.find((size) => before - (before % size) === after);
  return page === undefined ? { kind: 'other' } : { kind: 'roundedDown', page: Number(page) };
};
