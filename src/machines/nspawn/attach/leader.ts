import { readFile } from 'node:fs/promises';
import { MachineError } from '../../errors.ts';
import { hostPlaces, type OperationHost } from '../../operation.ts';
import type { ProcessFacts } from '../../host/process.ts';
import { readProcess } from '../../host/process.ts';
import { askUnit, findInit, findRunning, isStub } from '../operate/machineLife.ts';

export interface Leader {
  readonly pid: number;
  readonly facts: ProcessFacts;
  readonly ownUserNamespace: boolean;
  readonly rootDirectory: string | undefined;
}

/** PID 1 of the host is in the host's user namespace, and everybody may read its map. */
const hostMap = async (proc: string): Promise<string> =>
  (await readFile(`${proc}/1/uid_map`, 'latin1')).trim().replace(/ +/gu, ' ');

const leaderOf = async (host: OperationHost, unit: string): Promise<number | undefined> => {
  const { mainPid } = await askUnit(host, unit, AbortSignal.timeout(30_000));
  const init = mainPid === undefined ? undefined : await findInit(host, mainPid);
  return init === undefined || init === 'hidden' ? undefined : init.pid;
};

/**
 * PID 1 of a running machine, as it is now.
 * @throws MachineError noSuchMachine, cannotEnter
 */
export const findLeader = async (host: OperationHost, name: string): Promise<Leader> => {
  const { proc } = host.places ?? hostPlaces;
  const running = await findRunning(host, name);
  const pid = running.leader ?? (await leaderOf(host, running.unit));
  const facts = pid === undefined ? undefined : await readProcess(pid, proc);
  if (pid === undefined || facts === undefined) throw new MachineError({ kind: 'noSuchMachine', name });
  // Its capabilities are still those of systemd-nspawn, not those that the machine is to have.
  if (isStub(facts)) throw new MachineError({ kind: 'cannotEnter', name, reason: 'starting' });
  const { rootDirectory } = running;
  return { pid, facts, ownUserNamespace: facts.uidMap !== (await hostMap(proc)), rootDirectory };
};
