import type { Operation } from '../../operation.ts';
import type { Unit } from '../groupOwner.ts';
import { byKernel, bySystemd } from '../operate/groupOperation.ts';
import type { KernelStep } from '../operate/kernelSteps.ts';
import { lookAtGroup, type SeenGroup } from '../operate/seen.ts';

/** Whether systemd keeps a change of a unit over the next start of the machine. */
export type Lasting = 'untilReboot' | 'forGood';

/**
 * Writes a parameter; each line of the value is a write of its own, as the kernel takes one at a time.
 * @throws MachineError noSuchGroup
 */
export const setGroupParameter = async (given: SeenGroup, name: string, value: string): Promise<Operation> => {
  const group = await lookAtGroup(given);
  const steps = value.split('\n').map((line): KernelStep => ({ kind: 'write', group, file: name, text: line.trim() }));
  return byKernel(`${group.path} ${name}`, steps);
};

/** Sets the properties of a unit, which systemd writes to the kernel's files. */
export const setProperties = (unit: Unit, settings: readonly string[], lasting: Lasting): Operation =>
  bySystemd(unit, ['set-property', ...(lasting === 'untilReboot' ? ['--runtime'] : [])], undefined, settings);
