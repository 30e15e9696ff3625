import { readFile } from 'node:fs/promises';
import { MachineError } from '../../errors.ts';
import { readProcess } from '../../process.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupFile } from '../groupDirectory.ts';
import type { GroupChange } from './groupChange.ts';
import { controllersOf, groupExists, processesIn } from './groupFiles.ts';
import { cgclassify, hasLibcgroup, libcgroupSpec } from './libcgroupTools.ts';

/** A process as somebody saw it: the number alone may be another one's by now. */
export interface SeenProcess {
  readonly pid: number;
  /** Clock ticks since boot; undefined where only a number was typed. */
  readonly startTime?: string;
}

/** @throws MachineError noSuchProcess */
export const requireProcess = async ({ pid, startTime }: SeenProcess): Promise<void> => {
  const found = await readProcess(pid);
  if (found === undefined || (startTime !== undefined && found.startTime !== startTime))
    throw new MachineError({ kind: 'noSuchProcess', pid });
};

/**
 * Moves a process with all of its threads into a group.
 * @throws MachineError noSuchProcess, noSuchGroup
 */
export const moveProcess = async (seen: SeenProcess, group: ControlGroup): Promise<GroupChange> => {
  await requireProcess(seen);
  if (!(await groupExists(group))) throw new MachineError({ kind: 'noSuchGroup', path: group.path });
  const { pid } = seen;
  const spec = libcgroupSpec([group], await controllersOf(group));
  const how =
    spec !== undefined && (await hasLibcgroup('cgclassify'))
      ? { command: cgclassify(spec, pid) }
      : { steps: [{ kind: 'write' as const, path: groupFile(group, 'cgroup.procs'), text: String(pid) }] };
  return {
    name: group.path,
    how,
    settle: async () => {
      await requireProcess(seen);
      if ((await processesIn(group)).includes(pid)) return;
      const found = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
      throw new MachineError({ kind: 'noEffect', name: String(pid), expected: group.path, found: found.slice(0, 300) });
    },
  };
};
