import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { MachineFailure } from '../../errors.ts';
import { MachineError } from '../../errors.ts';
import { requireMachineName } from '../../names.ts';
import { hostPlaces, type Operation, type OperationHost } from '../../operation.ts';
import { runJournal, unitJournal } from '../../host/journalCommands.ts';
import type { RunJournal } from '../../host/journalCommands.ts';
import { mayReadSystemJournal } from '../../host/readableJournal.ts';
import { mountsIn } from '../../host/mounts.ts';
import { start } from '../commands/lifecycleCommands.ts';
import type { UnitState } from '../../host/unitCommands.ts';
import { cancelJob, startUnit, unitState } from '../../host/unitCommands.ts';
import { machineUnit } from '../commands/lifecycleCommands.ts';
import { imageExists } from './imageLife.ts';
import { askUnit, findInit, isOver, isRegistered, isStub, whatIsLeft } from './machineLife.ts';
import { waitUntil } from '../../waitUntil.ts';

/** systemd gives a unit 90 seconds to start; beyond that nobody else ends the waiting. */
const startLimitMs = 100_000;
const journalLines = 10;

/**
 * On 257 a machine that was killed leaves this mount behind. systemd-nspawn then refuses to start it, and clears the mount
 * while it fails: the next start succeeds.
 */
const hasLeftOver = async (name: string): Promise<boolean> => {
  const path = `/run/systemd/nspawn/unix-export/${name}`;
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  return mountsIn(mounts).some(({ point }) => point === path);
};

/** A unit that ends without a word keeps nobody waiting longer; journald is seldom so late. */
const wordsLimitMs = 2_000;

/**
 * What the unit said last. The journal takes what a process prints a moment after the process has ended, often behind what
 * systemd says of it: so it is read until systemd has said there how this run ended, the unit's own words are there, and nothing is
 * added any more. Nothing is waited for where there was no run, where it has not ended, and for a user who may not read the journal.
 */
const lastWords = async (
  { run, places = hostPlaces }: OperationHost,
  unit: string,
  state: UnitState | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const invocation = state?.invocation;
  if (invocation === undefined) return run(unitJournal(unit, journalLines)).catch(() => []);
  const read = (): Promise<RunJournal> =>
    run(runJournal(unit, invocation, journalLines)).catch(() => ({ own: [], all: [], ended: false }));
  const seen = { journal: await read() };
  const isSaid = async (): Promise<boolean> => {
    const before = seen.journal;
    seen.journal = await read();
    return seen.journal.ended && seen.journal.own.length > 0 && isDeepStrictEqual(seen.journal, before);
  };
  const hasEnded = state?.active === 'failed' || state?.active === 'inactive';
  if (hasEnded && (await mayReadSystemJournal(places.journals)))
    await waitUntil(isSaid, { signal, limitMs: wordsLimitMs });
  const { own, all } = seen.journal;
  // That systemd has started it and seen it fail is known; why is in its own words, where it has left any. Of what systemd says, only
  // what begins with the unit has facts, such as an exit code.
  const facts = all.filter((line) => line.startsWith(`${unit}: `));
  return own.length > 0 ? own : facts.length > 0 ? facts : all;
};

const didNotStart = async (
  host: OperationHost,
  name: string,
  unit: string,
  state: UnitState | undefined,
  signal: AbortSignal,
): Promise<MachineFailure> => ({
  kind: 'didNotStart',
  name,
  unit,
  result: state?.result,
  journal: await lastWords(host, unit, state, signal),
});

const runsReally = async (host: OperationHost, name: string, state: UnitState): Promise<boolean> => {
  if (state.active !== 'active' || !(await isRegistered(host, name))) return false;
  if (state.mainPid === undefined) return true;
  const init = await findInit(host, state.mainPid);
  return init === 'hidden' || (init !== undefined && !isStub(init.facts));
};

/**
 * Resolves when the machine runs: its unit is active, machined knows it, and its own init has taken over.
 * @throws MachineError didNotStart, cancelled
 */
export const settleStart = async (
  host: OperationHost,
  name: string,
  unit: string,
  signal: AbortSignal,
): Promise<void> => {
  const isRunning = async (): Promise<boolean> => {
    const state = await askUnit(host, unit, signal);
    if (isOver(state)) throw new MachineError(await didNotStart(host, name, unit, state, signal));
    // Asked once more, because an init that cannot run ends at once, and its unit with it.
    return (await runsReally(host, name, state)) && runsReally(host, name, await askUnit(host, unit, signal));
  };
  const waiting = { signal, limitMs: startLimitMs, onDidChange: host.inventory.onDidChange };
  if (!(await waitUntil(isRunning, waiting))) {
    const state = await host.run(unitState(unit)).catch(() => undefined);
    throw new MachineError(await didNotStart(host, name, unit, state, signal));
  }
};

/** A start that waits behind another machine's stop has not begun yet: its job can still be taken back. */
const abandonStart = async (host: OperationHost, unit: string): Promise<string | undefined> => {
  const state = await host.run(unitState(unit)).catch(() => undefined);
  const hasBegun = state?.active !== 'inactive' && state?.active !== 'failed';
  if (hasBegun || state.job === undefined) return state?.active;
  await host.run(cancelJob(state.job)).catch(() => undefined);
  return whatIsLeft(host, unit);
};

/**
 * Starts the machine of an image.
 * @throws MachineError invalidName
 */
export const startMachine = (host: OperationHost, name: string): Operation => {
  requireMachineName(name);
  const unit = machineUnit(name);
  const leftOver = hasLeftOver(name);
  return {
    name,
    command: start(name),
    withoutBus: startUnit(unit),
    polkitActions: ['org.freedesktop.systemd1.manage-units'],
    again: () => leftOver,
    explain: async (signal) => {
      const state = await askUnit(host, unit, signal);
      if (state.active === 'failed') return didNotStart(host, name, unit, state, signal);
      return (await imageExists(host, name, signal)) ? undefined : { kind: 'noSuchImage', name };
    },
    settle: (signal) => settleStart(host, name, unit, signal),
    abandon: () => abandonStart(host, unit),
  };
};
