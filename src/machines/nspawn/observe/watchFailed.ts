import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import { constants } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { askUnitProperty, listFailedServices, unitRules } from '../../host/failedUnitCalls.ts';
import { machineOfUnit } from '../commands/lifecycleCommands.ts';
import { type DirectoryEvent, type DirectoryWatch, watchDirectory } from '../../host/watchDirectory.ts';
import type { InventoryChange } from '../../inventory.ts';
import type { FailedUnit } from '../../machine.ts';
import { checkMachineName, machineNameOfImage } from '../../names.ts';
import { millisecondsOf } from './imageFields.ts';
import type { MachinedLink } from './machinedLink.ts';

/** Which units of machines have failed, whoever started them. */
export interface FailedWatch {
  readonly failed: () => ReadonlyMap<string, FailedUnit>;
  readonly start: () => void;
  readonly stop: () => void;
  /** Asks systemd for all anew; where its bus does not answer, what it said last stays. Never rejects. */
  readonly read: () => Promise<void>;
}

type Link = Pick<MachinedLink, 'call' | 'follow'>;

/** A host with more failed services than this has other troubles; each is followed on the bus. */
const enough = 100;

/** What is learnt of other services is forgotten beyond so many: transient ones have a new name each time. */
const mostRemembered = 1_000;

const prefix = 'invocation:';
const servicesIn = (entries: Iterable<string>): readonly string[] =>
  [...entries].flatMap((entry) =>
    entry.startsWith(prefix) && entry.endsWith('.service') ? [entry.slice(prefix.length)] : [],
  );

/** What the command line of a service that runs a systemd-nspawn says; undefined for every other service. */
const ownService = async (execStart: unknown): Promise<Pick<FailedUnit, 'machine' | 'image'> | undefined> => {
  // a(sasbttttuii): path, arguments, …, of each line.
  for (const line of Array.isArray(execStart) ? (execStart as readonly unknown[]) : []) {
    const words: unknown = Array.isArray(line) ? (line as readonly unknown[])[1] : undefined;
    if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) continue;
    if (basename(words[0] ?? '') !== 'systemd-nspawn') continue;
    const { parseCommandLine } = await import('../attach/commandLine.ts');
    const { machine, trees } = parseCommandLine(words.join('\0'));
    const image = trees.at(-1)?.replace(/(?<=.)\/+$/u, '');
    const name = machine ?? (image === undefined ? '' : machineNameOfImage(basename(image).replace(/\.raw$/u, '')));
    return { machine: name, image };
  }
  return undefined;
};

const signalName = (number: unknown): string | undefined =>
  Object.entries(constants.signals).find(([, one]) => one === number)?.[0];

/** CLD_EXITED of waitid(2); what ends otherwise was ended by a signal. */
const exited = 1;

const askFailure = async (link: Link, unit: string): Promise<FailedUnit | undefined> => {
  const ask = (kind: 'Unit' | 'Service', property: string): Promise<unknown> =>
    link.call(askUnitProperty(unit, kind, property));
  const instance = machineOfUnit(unit);
  const runs =
    instance === undefined
      ? await ownService(await ask('Service', 'ExecStart'))
      : { machine: instance, image: undefined };
  if (runs === undefined || checkMachineName(runs.machine) !== undefined) return undefined;
  const [result, code, status, since] = await Promise.all([
    ask('Service', 'Result'),
    ask('Service', 'ExecMainCode'),
    ask('Service', 'ExecMainStatus'),
    ask('Unit', 'InactiveEnterTimestamp'),
  ]);
  return {
    ...runs,
    unit,
    result: typeof result === 'string' ? result : '',
    exitCode: code === exited && typeof status === 'number' ? status : undefined,
    signal: code === exited ? undefined : signalName(status),
    since: millisecondsOf(since),
  };
};

const changeOf = (kind: 'unitFailed' | 'unitRecovered', { machine: id, image }: FailedUnit): InventoryChange => ({
  kind,
  id,
  ...(image === undefined ? {} : { image }),
});

/**
 * Keeps which units of machines have failed. systemd has a link in /run/systemd/units for each unit that runs, so inotify tells
 * that one has ended or begins, without a subscription to all that systemd does. systemd is asked only where that can be about a machine: one
 * that ended, or one that begins again after it failed. Whether a service of another name runs machines is asked once, when it ends first. What is
 * known to have failed is followed on the bus, because nothing else tells that it was reset.
 */
export const createFailedWatch = (
  runningUnits: string,
  link: Link,
  onChanges: (changes: readonly InventoryChange[]) => void,
): FailedWatch => {
  const state: {
    failed: ReadonlyMap<string, FailedUnit>;
    watch: DirectoryWatch | undefined;
    reading: Promise<void> | undefined;
    again: boolean;
    /** Counts stops: an answer to a question from before the last one is dropped. */
    era: number;
  } = { failed: new Map(), watch: undefined, reading: undefined, again: false, era: 0 };

  /** Whether services that are no instances of systemd-nspawn@.service run a machine, until the view is hidden or asked anew. */
  const runMachines = new Map<string, boolean>();

  const ask = async (): Promise<ReadonlyMap<string, FailedUnit>> => {
    const rows: unknown = await link.call(listFailedServices);
    const units = (Array.isArray(rows) ? (rows as readonly unknown[]) : []).flatMap((row) => {
      const [unit] = Array.isArray(row) ? (row as readonly unknown[]) : [];
      return typeof unit === 'string' ? [unit] : [];
    });
    // One that was reset between the two questions has no properties any more.
    const found = await Promise.all(
      units.slice(0, enough).map((unit) => askFailure(link, unit).catch(() => undefined)),
    );
    return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.machine, one] as const])));
  };

  const keep = (now: ReadonlyMap<string, FailedUnit>): void => {
    const before = state.failed;
    state.failed = now;
    const changes = [
      ...[...before.values()].filter(({ machine }) => !now.has(machine)).map((one) => changeOf('unitRecovered', one)),
      ...[...now.values()]
        .filter((one) => !isDeepStrictEqual(before.get(one.machine), one))
        .map((one) => changeOf('unitFailed', one)),
    ];
    if (changes.length > 0) onChanges(changes);
  };

  const read = (): Promise<void> => {
    // What comes while a question is under way may have come too late for it.
    state.again = state.reading !== undefined;
    state.reading ??= (async () => {
      for (let once = true; once || state.again; once = false) {
        state.again = false;
        const { era } = state;
        const now = await ask().catch(() => undefined);
        if (now === undefined || era !== state.era) continue;
        keep(now);
        // Between the question and the rules one may have been reset.
        if (await link.follow([...now.values()].flatMap(({ unit }) => unitRules(unit)))) state.again = true;
      }
    })().finally(() => (state.reading = undefined));
    return state.reading;
  };

  const isRunning = (unit: string): boolean =>
    lstatSync(join(runningUnits, `${prefix}${unit}`), { throwIfNoEntry: false }) !== undefined;

  /** Asks what services run that have ended, of which nobody knows it; what cannot be asked may be a machine. */
  const learn = async (units: readonly string[]): Promise<void> => {
    const { era } = state;
    if (runMachines.size + units.length > mostRemembered) runMachines.clear();
    const answers = await Promise.all(
      units.map(async (unit) => {
        const runs = await link.call(askUnitProperty(unit, 'Service', 'ExecStart')).then(
          async (execStart) => (await ownService(execStart)) !== undefined,
          () => undefined,
        );
        if (runs !== undefined && era === state.era) runMachines.set(unit, runs);
        return runs;
      }),
    );
    if (era === state.era && answers.some((runs) => runs !== false)) await read();
  };

  const onEvent = (event: DirectoryEvent): void => {
    if (event.kind === 'replaced') {
      void read();
      return;
    }
    const failed = new Set([...state.failed.values()].map(({ unit }) => unit));
    const services = servicesIn(event.entries.keys());
    const ended = services.filter((unit) => !failed.has(unit) && !isRunning(unit));
    const isOurs = (unit: string): boolean => machineOfUnit(unit) !== undefined || runMachines.get(unit) === true;
    if (services.some((unit) => failed.has(unit)) || ended.some(isOurs)) void read();
    const unknown = ended.filter((unit) => machineOfUnit(unit) === undefined && !runMachines.has(unit));
    if (unknown.length > 0) void learn(unknown);
  };

  return {
    failed: () => state.failed,
    read: () => {
      runMachines.clear();
      return read();
    },
    start: () => {
      state.watch ??= watchDirectory(runningUnits, onEvent);
    },
    stop: () => {
      state.era += 1;
      runMachines.clear();
      state.again = false;
      state.watch?.close();
      state.watch = undefined;
    },
  };
};
