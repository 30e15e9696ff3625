import { existsSync, lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Availability } from '../../inventory.ts';
import type { MachinedPaths } from '../machinedPaths.ts';
import { judgeFailure } from './judgeFailure.ts';
import { addMatch, pingMachined, removeMatch, subscribeToUnits } from './machinedCalls.ts';
import {
  type BusCall,
  BusError,
  type BusSignal,
  closedByUs,
  connectSystemBus,
  disconnected,
  type SystemBus,
} from '../../host/systemBus.ts';
import { type DirectoryWatch, watchDirectory } from '../../host/watchDirectory.ts';

export interface MachinedLink {
  readonly availability: () => Availability;
  /** Connects where that is needed, and asks machined whether it is there. Never rejects. */
  readonly probe: () => Promise<void>;
  /** @throws BusError */
  readonly call: (call: BusCall, timeoutMs?: number) => Promise<unknown>;
  /**
   * Has systemd tell of what these rules say, and of no longer what earlier ones said, as long as the bus is open and whenever it is opened again.
   * Resolves with whether there were new ones. Never rejects.
   */
  readonly follow: (unitRules: readonly string[]) => Promise<boolean>;
  /** Closes the bus; the next probe opens it again. */
  readonly close: () => void;
}

export interface MachinedLinkEvents {
  readonly onAvailability: () => void;
  /** An import, export or pull has ended: images may have changed. */
  readonly onTransferEnded: () => void;
  /** A unit that is followed has changed. */
  readonly onUnitChanged: () => void;
}

const rules = [
  "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org.freedesktop.machine1'",
  "type='signal',sender='org.freedesktop.DBus',member='ActivatableServicesChanged'",
  "type='signal',sender='org.freedesktop.systemd1',interface='org.freedesktop.systemd1.Manager',member='UnitFilesChanged'",
  "type='signal',sender='org.freedesktop.systemd1',interface='org.freedesktop.systemd1.Manager',member='Reloading'",
  "type='signal',sender='org.freedesktop.import1',member='TransferRemoved'",
];

const busUnits = new Set(['invocation:dbus.service', 'invocation:dbus-broker.service']);

/** Milliseconds until a bus or a machined that says nothing counts as down. */
const answerMs = 5000;

/** Milliseconds for which a late answer is still awaited: the bus gives up starting a service after 25 s. */
const lateMs = 30_000;

const noReply = 'org.freedesktop.DBus.Error.NoReply';

/** The links of /run/systemd/units lead nowhere. */
const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

const isSame = (a: Availability, b: Availability): boolean =>
  a.kind === b.kind && ('detail' in a ? a.detail : '') === ('detail' in b ? b.detail : '');

/**
 * The one connection to the system bus, and what it says about the host. Nothing is retried by time: a bus that went away
 * is tried again when its socket or its service comes back, a machined that does not start when its unit files change or
 * it takes its name, a missing one when the bus learns about new services. machined leaving its name is no failure: it
 * exits when it has nothing to do, and asking it then would start it again each time.
 */
export const createMachinedLink = (
  paths: MachinedPaths,
  events: MachinedLinkEvents,
  timeoutMs = answerMs,
): MachinedLink => {
  const state: {
    availability: Availability;
    bus: SystemBus | undefined;
    opening: Promise<SystemBus> | undefined;
    probing: Promise<void> | undefined;
    again: boolean;
    /** Whether one more question may follow a late refusal. */
    patient: boolean;
    /** Counts closings: what was begun before the last one has no say any more. */
    era: number;
    comebacks: readonly DirectoryWatch[];
    followed: ReadonlySet<string>;
  } = {
    availability: { kind: 'ready' },
    bus: undefined,
    opening: undefined,
    probing: undefined,
    again: false,
    patient: true,
    era: 0,
    comebacks: [],
    followed: new Set(),
  };

  const settle = (availability: Availability): void => {
    const before = state.availability;
    state.availability = availability;
    if (!isSame(before, availability)) events.onAvailability();
  };

  const awaitComeback = (): void => {
    if (state.comebacks.length > 0) return;
    const on = (directory: string, isMeant: (name: string) => boolean): DirectoryWatch =>
      watchDirectory(directory, (event) => {
        const came = (name: string): boolean => isMeant(name) && exists(join(directory, name));
        if (event.kind === 'replaced' || [...event.entries.keys()].some(came)) void probe();
      });
    state.comebacks = [
      on(dirname(paths.busSocket), (name) => name === basename(paths.busSocket)),
      on(paths.runningUnits, (name) => busUnits.has(name)),
    ];
  };

  const stopAwaiting = (): void => {
    for (const watch of state.comebacks) watch.close();
    state.comebacks = [];
  };

  const onSignal = (signal: BusSignal): void => {
    switch (`${signal.interface}.${signal.member}`) {
      case 'org.freedesktop.import1.Manager.TransferRemoved':
        events.onTransferEnded();
        return;
      case 'org.freedesktop.DBus.Properties.PropertiesChanged':
      case 'org.freedesktop.systemd1.Manager.UnitRemoved':
        events.onUnitChanged();
        return;
      case 'org.freedesktop.DBus.NameOwnerChanged':
        // Only a new owner: see above.
        if (signal.body[2] !== '' && state.availability.kind !== 'ready') void probe();
        return;
      case 'org.freedesktop.DBus.ActivatableServicesChanged':
      case 'org.freedesktop.systemd1.Manager.UnitFilesChanged':
      case 'org.freedesktop.systemd1.Manager.Reloading':
        // `Reloading true` is the beginning, too early.
        if (signal.body[0] === true) return;
        if (state.availability.kind !== 'ready') void probe();
        return;
    }
  };

  const onClosed = (): void => {
    state.bus = undefined;
    settle({ kind: 'busDown', detail: disconnected });
    awaitComeback();
  };

  const connect = async (): Promise<SystemBus> => {
    const { era } = state;
    const bus = await connectSystemBus({ socket: paths.busSocket, timeoutMs, onSignal, onClosed });
    if (era !== state.era) {
      bus.close();
      throw new BusError(closedByUs, 'closed meanwhile');
    }
    state.bus = bus;
    stopAwaiting();
    await Promise.all([...rules, ...state.followed].map((rule) => bus.call(addMatch(rule))));
    if (state.followed.size > 0) await bus.call(subscribeToUnits).catch(() => undefined);
    return bus;
  };

  const follow = async (unitRules: readonly string[]): Promise<boolean> => {
    const before = state.followed;
    const now = new Set(unitRules);
    state.followed = now;
    const added = [...now].filter((rule) => !before.has(rule));
    const dropped = [...before].filter((rule) => !now.has(rule));
    const calls = [
      ...dropped.map(removeMatch),
      ...added.map(addMatch),
      // systemd tells only where somebody has subscribed.
      ...(added.length > 0 ? [subscribeToUnits] : []),
    ];
    const { bus } = state;
    if (bus !== undefined) await Promise.all(calls.map((call) => bus.call(call).catch(() => undefined)));
    return added.length > 0;
  };

  const open = async (): Promise<SystemBus> => {
    if (state.opening !== undefined) return state.opening;
    if (state.bus !== undefined) return state.bus;
    const opening = connect().finally(() => {
      if (state.opening === opening) state.opening = undefined;
    });
    state.opening = opening;
    return opening;
  };

  /**
   * A machined that does not answer in time counts as down, but its late answer is a reason to ask again, even a late
   * refusal, once: on 262 a bus that was restarted lets the first start of machined run into its own time limit.
   */
  const ping = (bus: SystemBus, era: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = { is: false };
      const onLate = (mayAsk: boolean): void => {
        if (!late.is || !mayAsk || era !== state.era || state.bus !== bus) return;
        state.patient = false;
        void probe();
      };
      const timer = setTimeout(() => {
        late.is = true;
        reject(new BusError(noReply, 'late'));
      }, timeoutMs);
      bus
        .call(pingMachined, lateMs)
        .then(
          () => {
            onLate(true);
            state.patient = true;
            resolve();
          },
          (error: unknown) => {
            onLate(state.patient);
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        )
        .finally(() => clearTimeout(timer));
    });

  const ask = async (era: number): Promise<Availability> => {
    if (process.platform !== 'linux') return { kind: 'unsupportedPlatform', platform: process.platform };
    if (!existsSync(paths.booted)) return { kind: 'notBooted' };
    let stage: 'connect' | 'ask' = 'connect';
    try {
      const bus = await open();
      stage = 'ask';
      await ping(bus, era);
      return { kind: 'ready' };
    } catch (error) {
      if (era !== state.era) return state.availability;
      if (stage === 'ask') await state.bus?.call(subscribeToUnits).catch(() => undefined);
      else awaitComeback();
      return judgeFailure(error, stage, paths.machined);
    }
  };

  const probe = (): Promise<void> => {
    // An event that comes while a probe is under way may have come too late for it.
    state.again = state.probing !== undefined;
    state.probing ??= (async () => {
      for (let once = true; once || state.again; once = false) {
        state.again = false;
        const { era } = state;
        const availability = await ask(era);
        if (era === state.era) settle(availability);
      }
    })().finally(() => (state.probing = undefined));
    return state.probing;
  };

  return {
    availability: () => state.availability,
    probe,
    follow,
    call: async (call, callTimeoutMs) => (await open()).call(call, callTimeoutMs),
    close: () => {
      state.era += 1;
      state.again = false;
      stopAwaiting();
      state.opening = undefined;
      state.bus?.close();
      state.bus = undefined;
    },
  };
};
