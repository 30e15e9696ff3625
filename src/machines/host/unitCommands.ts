import { type Command, ignoreOutput } from '../command.ts';
import { MachineError } from '../errors.ts';
import type { KillSignal } from '../killSignals.ts';
import { parseProperties } from './properties.ts';

export interface UnitState {
  /** `ActiveState=`: active, activating, deactivating, inactive, failed, … */
  readonly active: string;
  readonly sub: string;
  /** `Result=`: success, exit-code, timeout, … */
  readonly result: string;
  /** `UnitFileState=`: enabled, disabled, … ; empty for a unit without a file. */
  readonly file: string;
  /** PID of its main process; undefined while nothing runs and for scopes. */
  readonly mainPid: number | undefined;
  /** Tells one run of the unit from another; undefined before the first. */
  readonly invocation: string | undefined;
  /** The job by which systemd is about to start or stop it; a restart is `inactive` for a moment, with a job. */
  readonly job: number | undefined;
}

const stateProperties = ['ActiveState', 'SubState', 'Result', 'UnitFileState', 'MainPID', 'InvocationID', 'Job'];

const positive = (text: string | undefined): number | undefined => {
  const value = Number(text ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
};

/** Works for units that do not exist, too: they are `inactive`. */
export const unitState = (unit: string): Command<UnitState> => ({
  file: 'systemctl',
  args: ['show', '--no-pager', `--property=${stateProperties.join(',')}`, '--', unit],
  parse: (output) => {
    const properties = parseProperties(output);
    const active = properties.get('ActiveState');
    if (active === undefined) {
      const detail = `no ActiveState for ${unit}`;
      throw new MachineError({ kind: 'unexpectedOutput', source: 'systemctl show', detail });
    }
    const invocation = properties.get('InvocationID') ?? '';
    return {
      active,
      sub: properties.get('SubState') ?? '',
      result: properties.get('Result') ?? '',
      file: properties.get('UnitFileState') ?? '',
      mainPid: positive(properties.get('MainPID')),
      invocation: /^[0-9a-f]{32}$/u.test(invocation) ? invocation : undefined,
      job: positive(properties.get('Job')),
    };
  },
});

/** All properties of a unit. */
export const unitProperties = (unit: string): Command<ReadonlyMap<string, string>> => ({
  file: 'systemctl',
  args: ['show', '--no-pager', '--', unit],
  parse: parseProperties,
});

/** The unit's file and its drop-ins as systemd reads them, each below its path. Exits 1 for a unit without any. */
export const unitFiles = (unit: string): Command<string> => ({
  file: 'systemctl',
  args: ['cat', '--no-pager', '--', unit],
  parse: ({ stdout }) => stdout,
});

const systemctl = (args: readonly string[], timeoutMs: number): Command<void> => ({
  file: 'systemctl',
  args: [...args],
  parse: ignoreOutput,
  acts: true,
  timeoutMs,
});

// Root's systemctl speaks to systemd over a socket of its own, so these work where the bus refuses root.
export const startUnit = (unit: string): Command<void> => systemctl(['start', '--', unit], 200_000);
/** Does not wait: a machine that ignores the request keeps the job for 90 seconds. */
export const stopUnit = (unit: string): Command<void> => systemctl(['stop', '--no-block', '--', unit], 30_000);
export const cancelJob = (job: number): Command<void> => systemctl(['cancel', '--', String(job)], 30_000);
export const enableUnit = (unit: string): Command<void> => systemctl(['enable', '--', unit], 30_000);
export const disableUnit = (unit: string): Command<void> => systemctl(['disable', '--', unit], 30_000);

/** Sends a signal to the main process of a unit, or to all that it has. */
export const killUnit = (unit: string, signal: KillSignal, whom: 'main' | 'all'): Command<void> =>
  systemctl(['kill', `--kill-whom=${whom}`, `--signal=${signal}`, '--', unit], 30_000);
