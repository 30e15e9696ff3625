import type { GroupSet } from './cgroups/groupSet.ts';
import type { Severity } from './finding.ts';
import type { Includes } from './includes.ts';
import type { LxcRelease } from '../schema/lxcTypes.ts';
import type { NamedOnHost } from './namedOnHost.ts';

/** Those that differ in what they take, the newest first. */
export const libcgroupVersions = ['3.2', '3.1', '2.0.2'] as const;

export type LibcgroupVersion = (typeof libcgroupVersions)[number];

/** Those of LXC whose configuration is known, the newest first. */
export const lxcVersions: readonly LxcRelease[] = ['7.0', '6.0', '5.0'];

/** Where a file lies, as far as that decides what counts. */
export interface Place {
  /** `unknown` for a file that lies nowhere where the tool would look, such as in a repository. */
  readonly trust: 'trusted' | 'untrusted' | 'unknown';
  /** The file that is found earlier and read instead. */
  readonly shadowedBy?: string;
  /** Whether others read it in, so that what it lacks may stand in them. */
  readonly isFragment?: boolean;
  /** Where it would be trusted. */
  readonly trustedPath?: string;
}

export interface Account {
  readonly name: string;
  /** Its uid or gid; undefined where it stands in a record that was not read. */
  readonly id?: number;
}

export interface MountedController {
  /** Such as `memory`; `name=NAME` is a hierarchy of v1 that only has a name. */
  readonly name: string;
  readonly version: 1 | 2;
}

/** What the host has that a file of libcgroup is read on. */
export interface Host {
  /** Each once. None where the host has no control groups to look at, as in some containers; then nothing is said of them. */
  readonly controllers: readonly MountedController[];
  readonly users: readonly Account[];
  readonly groups: readonly Account[];
  /** Whether the host also asks others for its users, such as LDAP, so that one that is missing here may well be there. */
  readonly hasMoreUsers: boolean;
  readonly hasMoreGroups: boolean;
}

/** What a judgement depends on besides the text. Everything in it is data. */
export interface Context {
  /** 239 to 262. */
  readonly systemdVersion: number;
  /** The same with its point release and what a distribution adds, such as `257.13-1~deb13u1`; undefined is the newest. */
  readonly systemdRelease?: string;
  readonly libcgroupVersion: LibcgroupVersion;
  readonly lxcVersion: LxcRelease;
  readonly place: Place;
  /** What the user has set for single rules. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** The architecture of the machine in systemd's words, such as `x86-64`; undefined takes every one as native. */
  readonly architecture?: string;
  /** Undefined takes every controller as mounted, and every user as existing. */
  readonly host?: Host;
  /** What the other files of libcgroup say that are read with this one; undefined where they were not looked for. */
  readonly groups?: GroupSet;
  /** What the file includes; undefined where that is not looked for. */
  readonly includes?: Includes;
  /** What of the host the file names is there; undefined for a file that is not for this host, or where nobody has looked. */
  readonly named?: NamedOnHost;
}

export const newestSystemdVersion = 262;
export const oldestSystemdVersion = 239;

export const defaultContext: Context = {
  systemdVersion: newestSystemdVersion,
  libcgroupVersion: '3.2',
  lxcVersion: '7.0',
  place: { trust: 'unknown' },
  severities: {},
};
