import { connectSystemBus } from '../../host/systemBus.ts';
import { systemdPaths } from '../../host/systemdPaths.ts';

/** Which units a systemd of this host has loaded: a group may bear the name of a unit without being one. */
export interface KnownUnits {
  /**
   * True as well while nobody has been asked, or nobody answers: then the name is all that there is to go by. A name that was not heard of
   * when systemd was asked last is asked about.
   */
  readonly has: (unit: string) => boolean;
  /** Asks systemd, once for any number of calls before it has answered. Resolves with whether anything has changed; never rejects. */
  readonly refresh: () => Promise<boolean>;
}

const patterns = ['*.slice', '*.scope', '*.service', '*.socket', '*.mount', '*.swap'];

/**
 * The units that systemd of this host has loaded, or that of the user with that number. One call, about a millisecond for each
 * hundred units.
 * @throws BusError
 */
export const loadedUnits = async (uid?: number): Promise<ReadonlySet<string>> => {
  const bus = await connectSystemBus({
    socket: uid === undefined ? systemdPaths.busSocket : `/run/user/${uid}/bus`,
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

/** `onDenied` is called when systemd did not know a name for which it was asked because of `has`. */
export const createKnownUnits = (onDenied: () => void, ask: () => Promise<ReadonlySet<string>>): KnownUnits => {
  const state: { units: ReadonlySet<string> | undefined; asking: Promise<boolean> | undefined } = {
    units: undefined,
    asking: undefined,
  };
  const inDoubt = new Set<string>();
  const denied = new Set<string>();

  const learn = async (): Promise<boolean> => {
    const before = state.units;
    const asked = [...inDoubt];
    inDoubt.clear();
    try {
      state.units = await ask();
    } catch {
      // No bus: names have to do.
      return false;
    }
    const { units } = state;
    const unknown = asked.filter((unit) => !units.has(unit));
    for (const unit of unknown) denied.add(unit);
    if (unknown.length > 0) onDenied();
    return before?.size !== units.size || [...units].some((unit) => !before.has(unit));
  };
  const refresh = (): Promise<boolean> => {
    state.asking ??= learn().finally(() => {
      state.asking = undefined;
    });
    return state.asking;
  };
  return {
    has: (unit) => {
      if (state.units === undefined || state.units.has(unit)) return true;
      if (denied.has(unit)) return false;
      inDoubt.add(unit);
      void refresh();
      return true;
    },
    refresh,
  };
};
