import { setTimeout as sleep } from 'node:timers/promises';
import { ignoreOutput } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, groupFile } from '../groupDirectory.ts';
import type { GroupChange } from './groupChange.ts';
import { contentsOf, exists, groupExists } from './groupFiles.ts';
import { managerOptions, ownerOf } from './groupOwner.ts';

/** Milliseconds until what has been killed must be gone: one that waits for a dead disk never is. */
const patienceMs = 5_000;

const emptied = async (group: ControlGroup, signal: AbortSignal): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { pids } = await contentsOf(group);
    if (pids.length === 0) return;
    if (signal.aborted) throw new MachineError({ kind: 'cancelled' });
    if (performance.now() > deadline)
      throw new MachineError({ kind: 'noEffect', name: group.path, expected: 'no process', found: pids.join(' ') });
    await sleep(50);
  }
};

/**
 * Constant text for `sh -c`. Parameters: the directory of the group. Where the kernel cannot kill a group at once, what forks
 * meanwhile is killed in the next round. 0 is a process of a PID namespace that is not ours, and to kill would mean ourselves.
 * What is frozen dies when it thaws.
 */
const killScript = `
rounds=0
while [ "$rounds" -lt 50 ]; do
  pids=$(find "$1" -name cgroup.procs -exec cat {} + | grep -vx 0)
  [ -n "$pids" ] || exit 0
  kill -s KILL $pids 2>/dev/null
  find "$1" -name freezer.state -exec sh -c 'echo THAWED >"$1"' sh {} \\;
  rounds=$((rounds + 1))
  sleep 0.1
done
exit 1
`;

/**
 * Kills every process in a group and below, without asking them. Those of a unit are killed through systemd.
 * @throws MachineError noSuchGroup; kernelRefused for the root of a hierarchy
 */
export const killGroup = async (group: ControlGroup): Promise<GroupChange> => {
  if (!(await groupExists(group))) throw new MachineError({ kind: 'noSuchGroup', path: group.path });
  if (group.path === '/') throw new MachineError({ kind: 'kernelRefused', path: groupDirectory(group), code: 'EPERM' });
  const settle = (signal: AbortSignal): Promise<void> => emptied(group, signal);
  const name = group.path;
  const owner = ownerOf(group);
  if (owner.kind === 'unit') {
    const args = [...managerOptions(owner.unit), 'kill', '--signal=SIGKILL', '--', owner.unit.name];
    const polkitActions = ['org.freedesktop.systemd1.manage-units'];
    // A service may be started anew at once, so an empty group is not to be waited for.
    const how = { command: { file: 'systemctl', args, parse: ignoreOutput, acts: true } } as const;
    return { name, how, polkitActions, settle: () => Promise.resolve() };
  }
  const path = groupFile(group, 'cgroup.kill');
  if (await exists(path)) return { name, how: { steps: [{ kind: 'write', path, text: '1' }] }, settle };
  const args = ['-c', killScript, 'sh', groupDirectory(group)];
  return { name, how: { command: { file: 'sh', args, parse: ignoreOutput, acts: true } }, settle };
};
