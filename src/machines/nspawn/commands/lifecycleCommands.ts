import type { Command } from '../../command.ts';
import { ignoreOutput } from '../../command.ts';
import type { KillSignal, KillTarget } from '../../killSignals.ts';

/** The unit that `machinectl start` starts; `name` is a valid machine name, which needs no escaping in a unit name. */
export const machineUnit = (name: string): string => `systemd-nspawn@${name}.service`;

/** The machine that a unit of that kind is for; undefined for every other unit. */
export const machineOfUnit = (unit: string): string | undefined => /^systemd-nspawn@(.+)\.service$/u.exec(unit)?.[1];

/**
 * The unit of a machine whose unit machined says to be that. Since 259 it has those that a systemd of a user runs registered, too, and says the
 * unit of all that this user has: nothing of it may be stopped, nor its end be waited for.
 */
export const unitOfMachine = (name: string, said: string): string =>
  /^user@\d+\.service$/u.test(said) ? machineUnit(name) : said;

/** A start waits for the job of its unit, and on systemd 257 that job waits for every other machine that is stopping. */
const jobTimeoutMs = 200_000;

// `--` everywhere: a name never becomes an option, whatever it begins with.
const machinectl = (verb: string, ...names: readonly string[]): Command<void> => ({
  file: 'machinectl',
  args: [verb, '--', ...names],
  parse: ignoreOutput,
  acts: true,
});

export const start = (name: string): Command<void> => ({ ...machinectl('start', name), timeoutMs: jobTimeoutMs });
export const powerOff = (name: string): Command<void> => machinectl('poweroff', name);
export const reboot = (name: string): Command<void> => machinectl('reboot', name);
export const terminate = (name: string): Command<void> => machinectl('terminate', name);
export const enable = (name: string): Command<void> => machinectl('enable', name);

/**
 * @param systemd The version of systemd: the option was `--kill-who` before 252, and that name may go.
 */
export const kill = (name: string, signal: KillSignal, whom: KillTarget, systemd: number): Command<void> => ({
  file: 'machinectl',
  args: ['kill', `--kill-${systemd >= 252 ? 'whom' : 'who'}=${whom}`, `--signal=${signal}`, '--', name],
  parse: ignoreOutput,
  acts: true,
});
