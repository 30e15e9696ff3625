/** A running machine as machined has registered it: what is known without asking the machine itself. */
export interface Machine {
  /** Its reference as `writeRef` writes it: what tells it from every other machine. */
  readonly id: string;
  /** What a person reads, and its backend's tools are given. */
  readonly name: string;
  /** `container`, `vm` or, for `.host`, `host`. */
  readonly className: string;
  /** Who registered it: `systemd-nspawn`, `libvirt-qemu`, … */
  readonly service: string | undefined;
  /** The unit that holds its processes, `systemd-nspawn@NAME.service` or a scope. */
  readonly unit: string | undefined;
  /** Where no unit does: the name of the control group that holds them. */
  readonly group?: string;
  /** PID of its init, in the host's PID namespace. */
  readonly leader: number | undefined;
  readonly rootDirectory: string | undefined;
  /** Registration time, in milliseconds since the epoch. */
  readonly since: number | undefined;
  /** Indexes of the host's network interfaces that belong to it. */
  readonly networkInterfaces: readonly number[];
  /** Whether its processes are frozen; absent where only its control group tells. */
  readonly frozen?: boolean;
}

/** How the unit that runs a machine has failed, as systemd keeps it until that is started again or reset. */
export interface FailedUnit {
  /** `id` of the machine that it runs. */
  readonly machine: string;
  readonly unit: string;
  /** Path of the image that a service of its own names; undefined where systemd-nspawn finds the image by the machine's name. */
  readonly image: string | undefined;
  /** `Result=`: exit-code, signal, timeout, oom-kill, … */
  readonly result: string;
  /** Of systemd-nspawn, which passes on that of the machine's init. */
  readonly exitCode: number | undefined;
  /** Name of the signal that ended systemd-nspawn. */
  readonly signal: string | undefined;
  /** Milliseconds since the epoch. */
  readonly since: number | undefined;
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
  /** The host keeps some of it from this user, and would tell whoever has more rights. */
  readonly withheld?: boolean;
}

/** What a person may wait for. */
export type AwaitedState = 'running' | 'frozen' | 'stopped';

export interface OsRelease {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly versionId: string | undefined;
  readonly prettyName: string | undefined;
}
