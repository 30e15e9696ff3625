import type { GroupSet } from './cgroups/groupSet.ts';
import type { Severity } from './finding.ts';

/** Those that differ in what they take, the newest first. */
export const libcgroupVersions = ['3.2', '3.1', '2.0.2'] as const;

export type LibcgroupVersion = (typeof libcgroupVersions)[number];

/** Where a file lies, as far as that decides what counts. */
export interface Place {
  /** `unknown` for a file that lies nowhere where the tool would look, such as in a repository. */
  readonly trust: 'trusted' | 'untrusted' | 'unknown';
  /** The file that is found earlier and read instead. */
  readonly shadowedBy?: string;
  /** Where it would be trusted. */
  readonly trustedPath?: string;
}

/** What a judgement depends on besides the text. Everything in it is data. */
export interface Context {
  /** 239 to 262. */
  readonly systemdVersion: number;
  readonly libcgroupVersion: LibcgroupVersion;
  readonly place: Place;
  /** What the user has set for single rules. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** The architecture of the machine in systemd's words, such as `x86-64`; undefined takes every one as native. */
  readonly architecture?: string;
  /** What the other files of libcgroup say that are read with this one; undefined where they were not looked for. */
  readonly groups?: GroupSet;
}

export const newestSystemdVersion = 262;
export const oldestSystemdVersion = 239;

export const defaultContext: Context = {
  systemdVersion: newestSystemdVersion,
  libcgroupVersion: '3.2',
  place: { trust: 'unknown' },
  severities: {},
};
