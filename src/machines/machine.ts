/** A running machine as machined has registered it: what is known without asking the machine itself. */
export interface Machine {
  readonly name: string;
  /** `container`, `vm` or, for `.host`, `host`. */
  readonly className: string;
  /** Who registered it: `systemd-nspawn`, `libvirt-qemu`, … */
  readonly service: string | undefined;
  /** The unit that holds its processes, `systemd-nspawn@NAME.service` or a scope. */
  readonly unit: string | undefined;
  /** PID of its init, in the host's PID namespace. */
  readonly leader: number | undefined;
  readonly rootDirectory: string | undefined;
  /** Registration time, in milliseconds since the epoch. */
  readonly since: number | undefined;
  /** Indexes of the host's network interfaces that belong to it. */
  readonly networkInterfaces: readonly number[];
}

/** machined's own word for where a machine is in its life. */
export type MachineState = 'opening' | 'running' | 'closing' | 'unknown';

/** What has to be asked for, machine by machine; only asked for the rows that are visible. */
export interface MachineDetails {
  readonly state: MachineState;
  /** Fields of os-release, as the container gives them: not to be trusted. */
  readonly os: OsRelease | undefined;
  /** IP addresses in their usual text form, routable ones first. */
  readonly addresses: readonly string[];
}

export interface OsRelease {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly versionId: string | undefined;
  readonly prettyName: string | undefined;
}
