/** Where systemd keeps what is observed; other places only in tests. */
export interface SystemdPaths {
  /** Exists where systemd is PID 1: what sd_booted(3) looks at. */
  readonly booted: string;
  readonly busSocket: string;
  /** Holds a link `invocation:UNIT` for every unit that runs. */
  readonly runningUnits: string;
}

export const systemdPaths: SystemdPaths = {
  booted: '/run/systemd/system',
  busSocket: '/run/dbus/system_bus_socket',
  runningUnits: '/run/systemd/units',
};
