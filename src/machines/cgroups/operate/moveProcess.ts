import { readFile } from 'node:fs/promises';
import { MachineError } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import { processesIn } from './groupFiles.ts';
import { byKernel } from './groupOperation.ts';
import { lookAtGroup, lookAtProcess, type SeenGroup, type SeenProcess } from './seen.ts';

/**
 * Moves a process with all of its threads into a group. libcgroup's cgclassify is not asked: it takes a bare number, which may be
 * another process's by then.
 * @throws MachineError noSuchProcess, noSuchGroup
 */
export const moveProcess = async (seen: SeenProcess, given: SeenGroup): Promise<Operation> => {
  const process = await lookAtProcess(seen);
  const group = await lookAtGroup(given);
  const { pid } = process;
  return byKernel(group.path, [{ kind: 'move', process, group }], async () => {
    await lookAtProcess(process);
    if ((await processesIn(group)).includes(pid)) return;
    const found = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
    throw new MachineError({ kind: 'noEffect', name: String(pid), expected: group.path, found: found.slice(0, 300) });
  });
};
