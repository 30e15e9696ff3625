import { readdirSync } from 'node:fs';
import { inSlices } from '../../host/boundedReads.ts';
import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { readCommandLine } from './commandLines.ts';
import { mainGroupOfProcess } from './groupOfProcess.ts';
import { type ProcessInGroup, readProcessFacts } from './processFacts.ts';

export interface FoundProcess extends ProcessInGroup {
  /** Where it is, in the hierarchy that says most. */
  readonly group: ControlGroup;
}

/** Every process that this user may see, by PID, with its group; no threads of the kernel, which are all in the root. */
export const everyProcess = async (hierarchies: readonly Hierarchy[]): Promise<readonly FoundProcess[]> => {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .sort((one, other) => one - other);
  const lines = new Map<number, string>();
  await Promise.all(pids.map(async (pid) => lines.set(pid, (await readCommandLine(pid)) ?? '')));
  const found: FoundProcess[] = [];
  await inSlices(pids, (pid) => {
    const facts = readProcessFacts(pid, () => lines.get(pid) ?? '');
    if (facts === undefined || facts.kernel) return;
    const group = mainGroupOfProcess(pid, hierarchies);
    if (group !== undefined) found.push({ ...facts, group });
  });
  return found;
};
