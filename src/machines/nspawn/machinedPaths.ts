import { imageDirectories } from '../../schema/imageDirectories.ts';
import { type SystemdPaths, systemdPaths } from '../host/systemdPaths.ts';

/** Where machined and the unit of machines keep what is observed, beside systemd itself; other places only in tests. */
export interface MachinedPaths extends SystemdPaths {
  readonly stateFiles: string;
  /** What is registered with this unit is left out, as it is listed elsewhere. */
  readonly leftOut?: string;
  readonly machineVarlink: string;
  readonly imageVarlink: string;
  /** machined itself: one of these is there where it is installed. */
  readonly machined: readonly string[];
  /** Holds a link for each unit that starts at boot because its machine was enabled. */
  readonly enabledMachines: string;
  /** machined's search path, the first hit of a name wins. */
  readonly images: readonly string[];
}

export const machinedPaths: MachinedPaths = {
  ...systemdPaths,
  stateFiles: '/run/systemd/machines',
  // Since 259 those of this user's own are registered here, too.
  leftOut: `user@${process.geteuid?.()}.service`,
  machineVarlink: '/run/systemd/machine/io.systemd.Machine',
  imageVarlink: '/run/systemd/machine/io.systemd.MachineImage',
  machined: [
    '/usr/lib/systemd/systemd-machined',
    '/lib/systemd/systemd-machined',
    '/run/current-system/sw/lib/systemd/systemd-machined',
  ],
  enabledMachines: '/etc/systemd/system/machines.target.wants',
  images: imageDirectories,
};
