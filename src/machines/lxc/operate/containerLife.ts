import { MachineError, type MachineFailure } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import { waitUntil } from '../../waitUntil.ts';
import { askToHalt, askToReboot, freeze, kill, runCopy, start, unfreeze } from '../commands/containerCommands.ts';
import { requireNewName } from '../containerName.ts';
import type { RunningContainer } from '../observe/runningContainers.ts';
import { type ContainerRef, idOf } from '../places.ts';
import {
  containerOperation,
  expectState,
  inOwnGroup,
  type LxcHost,
  missing,
  requireRunning,
  running,
  runningNow,
  stopped,
  taken,
} from './containerOperation.ts';
import { unlessGone } from './halfDone.ts';
import { lengthOfLog, whyNotStarted } from './startLog.ts';

/** Nobody can tell a slow shutdown from a request that is ignored; this is how long systemd waits for a unit, too. */
const patienceMs = 90_000;
const killLimitMs = 20_000;
const startLimitMs = 60_000;
const freezeLimitMs = 10_000;
/** With growing pauses these take a seventh of a second. */
const steadyLooks = 4;

/** One process for good, where a PID may come again. */
const isSameRun = (one: RunningContainer | undefined, other: RunningContainer): boolean =>
  one?.leader === other.leader && one.startTime === other.startTime;

/** A start, with where the container's log ended before it. */
interface Begun {
  readonly look: () => Promise<void>;
  readonly from: () => number | undefined;
}

const beginsNow = (host: LxcHost, ref: ContainerRef): Begun => {
  const state: { from: number | undefined } = { from: undefined };
  return {
    look: async () => {
      state.from = await lengthOfLog(host, ref);
    },
    from: () => state.from,
  };
};

const didNotStart = async (
  host: LxcHost,
  ref: ContainerRef,
  begun: Begun,
  ran: string | undefined,
): Promise<Extract<MachineFailure, { kind: 'didNotStart' }> | undefined> => {
  const journal = await whyNotStarted(host, ref, { from: begun.from(), ran });
  return journal.length === 0
    ? undefined
    : { kind: 'didNotStart', name: idOf(ref), unit: '', result: undefined, journal };
};

/** Between two inits of a container that reboots there is none for a while. */
const rebootGapMs = 30_000;

/**
 * It runs when the kernel has its init, and still has the same one a moment later: one that cannot do its work ends at once, when lxc-start
 * has already said that all is well.
 * @param gapMs how long there may be no init yet; lxc-start itself waits for it
 */
const settleStart = async (
  host: LxcHost,
  ref: ContainerRef,
  { begun, gapMs, ran }: { readonly begun: Begun; readonly gapMs: number; readonly ran: string | undefined },
  signal: AbortSignal,
): Promise<void> => {
  // Not woken by the inventory: the looks have to lie apart.
  const isThere = (): Promise<boolean> => Promise.resolve(runningNow(host, ref) !== undefined);
  await waitUntil(isThere, { signal, limitMs: gapMs });
  const first = runningNow(host, ref);
  const seen = { looks: 0 };
  const isOver = (): Promise<boolean> => {
    seen.looks += 1;
    const isSame = first !== undefined && isSameRun(runningNow(host, ref), first);
    return Promise.resolve(!isSame || seen.looks > steadyLooks);
  };
  await waitUntil(isOver, { signal, limitMs: startLimitMs });
  if (first !== undefined && isSameRun(runningNow(host, ref), first)) return;
  const nothing = { kind: 'didNotStart', name: idOf(ref), unit: '', result: undefined, journal: [] } as const;
  throw new MachineError((await didNotStart(host, ref, begun, ran)) ?? nothing);
};

/** @throws MachineError noSuchImage, machineRunning, invalidName */
export const startContainer = (host: LxcHost, ref: ContainerRef): Operation => {
  const begun = beginsNow(host, ref);
  return containerOperation(ref, {
    command: inOwnGroup(host, ref, start(ref)),
    before: begun.look,
    obstacles: [missing(ref), running(host, ref)],
    reason: (failed) => didNotStart(host, ref, begun, failed?.file),
    settle: (signal, ran) => settleStart(host, ref, { begun, gapMs: 0, ran }, signal),
  });
};

/**
 * Starts a copy that shares the files of the original and is gone when it stops.
 * @throws MachineError noSuchImage, machineRunning, nameTaken, invalidName
 */
export const startCopy = (host: LxcHost, ref: ContainerRef, to: string): Operation => {
  requireNewName(to);
  const target = { lxcpath: ref.lxcpath, name: to };
  const begun = beginsNow(host, target);
  return containerOperation(ref, {
    command: inOwnGroup(host, ref, runCopy(ref, to)),
    before: begun.look,
    obstacles: [missing(ref), running(host, ref), taken(target)],
    reason: (failed) => didNotStart(host, target, begun, failed?.file),
    abandon: () => Promise.resolve(runningNow(host, target) === undefined ? unlessGone(ref, target) : undefined),
    settle: (signal, ran) => settleStart(host, target, { begun, gapMs: 0, ran }, signal),
  });
};

const settleStop = async (
  host: LxcHost,
  ref: ContainerRef,
  before: RunningContainer,
  limitMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const isGone = (): Promise<boolean> => Promise.resolve(!isSameRun(runningNow(host, ref), before));
  const waiting = { signal, limitMs, onDidChange: host.inventory.onDidChange };
  if (!(await waitUntil(isGone, waiting)))
    throw new MachineError({ kind: 'didNotStop', name: idOf(ref), waitedMs: limitMs });
};

/** What is frozen takes no signal until it is unfrozen. */
const unfrozenFirst = (
  ref: ContainerRef,
  { frozen }: RunningContainer,
): { readonly first?: ReturnType<typeof unfreeze> } => (frozen ? { first: unfreeze(ref) } : {});

/**
 * Asks the container's init to shut down. One that knows no such signal ignores it: then it ends in didNotStop after `limitMs`.
 * @throws MachineError noSuchMachine, invalidName
 */
export const stopContainer = (host: LxcHost, ref: ContainerRef, limitMs: number = patienceMs): Operation => {
  const before = requireRunning(host, ref);
  return containerOperation(ref, {
    command: askToHalt(ref),
    ...unfrozenFirst(ref, before),
    obstacles: [stopped(host, ref)],
    settle: (signal) => settleStop(host, ref, before, limitMs, signal),
  });
};

/** Ends all its processes at once. @throws MachineError noSuchMachine, invalidName */
export const killContainer = (host: LxcHost, ref: ContainerRef): Operation => {
  const before = requireRunning(host, ref);
  return containerOperation(ref, {
    command: kill(ref),
    obstacles: [stopped(host, ref)],
    settle: (signal) => settleStop(host, ref, before, killLimitMs, signal),
  });
};

/** It has rebooted when it has another init. @throws MachineError noSuchMachine, invalidName */
export const rebootContainer = (host: LxcHost, ref: ContainerRef, limitMs: number = patienceMs): Operation => {
  const before = requireRunning(host, ref);
  const begun = beginsNow(host, ref);
  return containerOperation(ref, {
    command: askToReboot(ref),
    before: begun.look,
    ...unfrozenFirst(ref, before),
    obstacles: [stopped(host, ref)],
    settle: async (signal, ran) => {
      await settleStop(host, ref, before, limitMs, signal);
      await settleStart(host, ref, { begun, gapMs: rebootGapMs, ran }, signal);
    },
  });
};

const setFrozen = (host: LxcHost, ref: ContainerRef, isFrozen: boolean): Operation => {
  requireRunning(host, ref);
  return containerOperation(ref, {
    command: isFrozen ? freeze(ref) : unfreeze(ref),
    obstacles: [stopped(host, ref)],
    settle: async (signal) => {
      const isSo = (): Promise<boolean> => Promise.resolve(runningNow(host, ref)?.frozen === isFrozen);
      const waiting = { signal, limitMs: freezeLimitMs, onDidChange: host.inventory.onDidChange };
      if (await waitUntil(isSo, waiting)) return;
      const now = runningNow(host, ref);
      expectState(ref, isFrozen ? 'frozen' : 'running', now === undefined ? 'gone' : now.frozen ? 'frozen' : 'running');
    },
  });
};

/** @throws MachineError noSuchMachine, invalidName */
export const freezeContainer = (host: LxcHost, ref: ContainerRef): Operation => setFrozen(host, ref, true);

/** @throws MachineError noSuchMachine, invalidName */
export const unfreezeContainer = (host: LxcHost, ref: ContainerRef): Operation => setFrozen(host, ref, false);
