import { everyGroup } from '../../cgroups/observe/listGroups.ts';
import { groupFile } from '../../cgroups/groupDirectory.ts';
import { byKernel } from '../../cgroups/operate/groupOperation.ts';
import { readSmallFile } from '../../cgroups/observe/readSmallFile.ts';
import { lookAtProcess, type SeenProcess } from '../../cgroups/operate/seen.ts';
import type { KillRequest } from '../../killSignals.ts';
import type { Operation } from '../../operation.ts';
import type { RunningContainer } from '../observe/runningContainers.ts';
import { type ContainerRef, idOf } from '../places.ts';
import { killContainer } from './containerLife.ts';
import { type LxcHost, requireRunning } from './containerOperation.ts';

/** All that is in its group and below at this moment, each with what tells it from a later one of its number. */
const processesOf = async ({ payload }: RunningContainer): Promise<readonly Required<SeenProcess>[]> => {
  const pids = [...everyGroup(payload)].flatMap((group) =>
    (readSmallFile(groupFile(group, 'cgroup.procs')) ?? '').split('\n').map(Number).filter(Boolean),
  );
  const seen = await Promise.all(pids.map((pid) => lookAtProcess({ pid }).catch(() => undefined)));
  return seen.filter((one) => one !== undefined);
};

/**
 * Sends a signal. SIGKILL ends the container, by LXC itself; what it makes of any other is its own matter.
 * @throws MachineError noSuchMachine, noSuchProcess, invalidName
 */
export const signalContainer = async (
  host: LxcHost,
  ref: ContainerRef,
  { signal, whom }: KillRequest,
): Promise<Operation> => {
  if (signal === 'SIGKILL') return killContainer(host, ref);
  const running = requireRunning(host, ref);
  const init = { pid: running.leader, startTime: running.startTime };
  const processes = whom === 'leader' ? [await lookAtProcess(init)] : await processesOf(running);
  return byKernel(
    idOf(ref),
    processes.map((process) => ({ kind: 'signal', process, signal })),
  );
};
