import { readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from '../../command.ts';
import type { KillSignal } from '../../killSignals.ts';
import { hostPlaces, type OperationHost } from '../../operation.ts';
import { type ProcessFacts, readProcess } from '../../host/process.ts';
import { systemdVersion } from '../../host/hostCommands.ts';
import { kill } from '../commands/lifecycleCommands.ts';
import { askUnit, findInit, findRunning, isStub, type RunningMachine } from './machineLife.ts';

/** What is known of the way in which an init is asked: systemd's, that of BusyBox, or none. */
export type Init = 'systemd' | 'busybox' | 'other';

/** `SIGRTMIN+4` of glibc: what `machinectl poweroff` sends. */
const systemdPowerOff = 38;

/** init/init.c of BusyBox; toybox has taken them over. */
const busyboxSignals = { powerOff: 'SIGUSR2', reboot: 'SIGTERM' } as const satisfies Record<string, KillSignal>;

const isBusyboxName = (name: string): boolean => /^(?:busy|toy)box\b/u.test(name);

/**
 * Which init a PID 1 is. The kernel keeps from it every signal that it has not asked for, so one that does not wait for systemd's
 * is not asked in that way, whatever it is called. What it runs is what its own file says; where this user may not see that, an
 * `init` is taken for BusyBox, whose signal does nothing to other ones of that name.
 */
const initOf = async (pid: number, facts: ProcessFacts, proc: string): Promise<Init> => {
  if (((facts.awaited >> BigInt(systemdPowerOff - 1)) & 1n) === 1n) return 'systemd';
  const file = await readlink(join(proc, String(pid), 'exe')).catch(() => undefined);
  if (file === undefined) return facts.comm === 'init' || isBusyboxName(facts.comm) ? 'busybox' : 'other';
  return isBusyboxName(basename(file)) ? 'busybox' : 'other';
};

/** The init of a machine that runs; undefined where it cannot be seen, or has not begun. */
const findMachineInit = async (host: OperationHost, running: RunningMachine): Promise<Init | undefined> => {
  const { proc } = host.places ?? hostPlaces;
  if (running.leader !== undefined) {
    const facts = await readProcess(running.leader, proc);
    // A leader that is not PID 1 of a namespace of its own is another process by now.
    if (facts?.pids.at(-1) !== 1 || isStub(facts)) return undefined;
    return initOf(running.leader, facts, proc);
  }
  const { mainPid } = await askUnit(host, running.unit, AbortSignal.timeout(30_000));
  const init = mainPid === undefined ? undefined : await findInit(host, mainPid);
  if (init === undefined || init === 'hidden' || isStub(init.facts)) return undefined;
  return initOf(init.pid, init.facts, proc);
};

/** @throws MachineError noSuchMachine */
export const runsBusybox = async (host: OperationHost, name: string): Promise<boolean> =>
  (await findMachineInit(host, await findRunning(host, name))) === 'busybox';

/** How an init that does not know what machinectl sends is asked; undefined where machinectl asks it itself. @throws MachineError */
export const askInit = async (
  host: OperationHost,
  name: string,
  running: RunningMachine,
  what: keyof typeof busyboxSignals,
): Promise<Command<void> | undefined> => {
  if ((await findMachineInit(host, running)) !== 'busybox') return undefined;
  return kill(name, busyboxSignals[what], 'leader', await host.run(systemdVersion));
};
