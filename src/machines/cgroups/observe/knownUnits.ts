import { connectSystemBus } from '../../machinectl/observe/systemBus.ts';
import { systemdPaths } from '../../machinectl/observe/hostPaths.ts';

/** Which units systemd of this host has loaded: a group may bear the name of a unit without being one. */
export interface KnownUnits {
  /** True as well while nobody has been asked, or nobody answers: then the name is all that there is to go by. */
  readonly has: (unit: string) => boolean;
  /** Asks systemd, once for any number of calls before it has answered. Resolves with whether anything has changed; never rejects. */
  readonly refresh: () => Promise<boolean>;
}

const patterns = ['*.slice', '*.scope', '*.service', '*.socket', '*.mount', '*.swap'];

/** One call, about a millisecond for each hundred units. @throws BusError */
const askSystemd = async (): Promise<ReadonlySet<string>> => {
  const bus = await connectSystemBus({
    socket: systemdPaths.busSocket,
    timeoutMs: 5000,
    onSignal: () => undefined,
    onClosed: () => undefined,
  });
  try {
    const units = await bus.call({
      destination: 'org.freedesktop.systemd1',
      path: '/org/freedesktop/systemd1',
      interface: 'org.freedesktop.systemd1.Manager',
      member: 'ListUnitsByPatterns',
      signature: 'asas',
      body: [[], patterns],
    });
    const rows: readonly unknown[] = Array.isArray(units) ? units : [];
    return new Set(rows.flatMap((row) => (Array.isArray(row) && typeof row[0] === 'string' ? [row[0]] : [])));
  } finally {
    bus.close();
  }
};

export const createKnownUnits = (ask: () => Promise<ReadonlySet<string>> = askSystemd): KnownUnits => {
  const state: { units: ReadonlySet<string> | undefined; asking: Promise<boolean> | undefined } = {
    units: undefined,
    asking: undefined,
  };
  const refresh = async (): Promise<boolean> => {
    const before = state.units;
    try {
      state.units = await ask();
    } catch {
      // No bus: names have to do.
      return false;
    }
    const { units } = state;
    return before?.size !== units.size || [...units].some((unit) => !before.has(unit));
  };
  return {
    has: (unit) => state.units?.has(unit) ?? true,
    refresh: () => {
      state.asking ??= refresh().finally(() => {
        state.asking = undefined;
      });
      return state.asking;
    },
  };
};
