import { imageDirectories } from '../../schema/imageDirectories.ts';

/** Where a host keeps what is observed; other places only in tests. */
export interface HostPaths {
  /** Exists where systemd is PID 1: what sd_booted(3) looks at. */
  readonly booted: string;
  readonly stateFiles: string;
  readonly busSocket: string;
  /** Holds a link `invocation:UNIT` for every unit that runs. */
  readonly runningUnits: string;
  readonly machineVarlink: string;
  readonly imageVarlink: string;
  /** machined itself: one of these is there where it is installed. */
  readonly machined: readonly string[];
  /** Holds a link for each unit that starts at boot because its machine was enabled. */
  readonly enabledMachines: string;
  /** machined's search path, the first hit of a name wins. */
  readonly images: readonly string[];
}

export const systemdPaths: HostPaths = {
  booted: '/run/systemd/system',
  stateFiles: '/run/systemd/machines',
  busSocket: '/run/dbus/system_bus_socket',
  runningUnits: '/run/systemd/units',
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
