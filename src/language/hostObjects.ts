/**
 * What a host has, for completion. The language rooms only ask; `hostFacts/` answers from the real host, and tests with
 * plain data. Every answer may be empty, and none throws.
 */
export interface HostObjects {
  readonly networkInterfaces: () => Promise<
    readonly { readonly name: string; readonly kind: 'bridge' | 'zone' | 'other' }[]
  >;
  /** Names of what is in a directory of the host, not sorted. */
  readonly directory: (path: string) => Promise<readonly { readonly name: string; readonly isDirectory: boolean }[]>;
  /** Users of the host. */
  readonly users: () => Promise<readonly string[]>;
  /** Groups of users of the host. */
  readonly groups: () => Promise<readonly string[]>;
  /** Those that limits of control groups can be set for; the number is `MAJOR:MINOR`. */
  readonly blockDevices: () => Promise<readonly { readonly name: string; readonly number: string }[]>;
  /** Users of the image whose settings file this is. */
  readonly imageUsers: (uri: string) => Promise<readonly string[]>;
  /** The same for a directory of that image. */
  readonly imageDirectory: (
    uri: string,
    path: string,
  ) => Promise<readonly { readonly name: string; readonly isDirectory: boolean }[]>;
  readonly machineNames: () => Promise<readonly string[]>;
  readonly cpuCount: () => Promise<number>;
  /** Profiles that AppArmor has loaded. */
  readonly appArmorProfiles: () => Promise<readonly string[]>;
  /** What users may map besides themselves, of both files. */
  readonly subordinateRanges: () => Promise<readonly SubordinateRange[]>;
}

/** A line of /etc/subuid (`u`) or /etc/subgid (`g`). */
export interface SubordinateRange {
  readonly of: 'u' | 'g';
  readonly user: string;
  readonly first: number;
  readonly count: number;
}

export const noHostObjects: HostObjects = {
  networkInterfaces: () => Promise.resolve([]),
  directory: () => Promise.resolve([]),
  users: () => Promise.resolve([]),
  groups: () => Promise.resolve([]),
  blockDevices: () => Promise.resolve([]),
  imageUsers: () => Promise.resolve([]),
  imageDirectory: () => Promise.resolve([]),
  machineNames: () => Promise.resolve([]),
  cpuCount: () => Promise.resolve(0),
  appArmorProfiles: () => Promise.resolve([]),
  subordinateRanges: () => Promise.resolve([]),
};
