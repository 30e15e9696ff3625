import { homedir } from 'node:os';
import { libcgroupVersions, lxcVersions, newestSystemdVersion, oldestSystemdVersion } from '../language/context.ts';
import type { LibcgroupVersion } from '../language/context.ts';
import type { Severity } from '../language/finding.ts';
import type { LxcRelease } from '../schema/lxcTypes.ts';
import { releaseIn, versionOf } from '../schema/systemdRelease.ts';
import { directoriesIn } from '../schema/imageDirectories.ts';

/** What the server reads of the section `nspawn` of an editor's settings. */
export interface ServerSettings {
  readonly systemdVersion: number | 'auto';
  /** Where the version was set with its point release. */
  readonly systemdRelease?: string;
  /** `auto` is the newest. */
  readonly libcgroupVersion: LibcgroupVersion | 'auto';
  /** The same for configurations of LXC. */
  readonly lxcVersion: LxcRelease | 'auto';
  readonly lint: {
    readonly enable: boolean;
    readonly rules: Readonly<Record<string, Severity | 'off'>>;
  };
  /** Only for asking the version. */
  readonly systemctl: string;
  /** Where images lie besides where systemd looks by itself. */
  readonly imageDirectories: readonly string[];
}

export const serverSettingDefaults: ServerSettings = {
  systemdVersion: 'auto',
  libcgroupVersion: 'auto',
  lxcVersion: 'auto',
  lint: { enable: true, rules: {} },
  systemctl: 'systemctl',
  imageDirectories: [],
};

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(key) : undefined;

const severities: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'hint', 'off'];

const readRules = (value: unknown): ServerSettings['lint']['rules'] => {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([rule, word]: [string, unknown]) => {
      const severity = severities.find((one) => one === word);
      return severity === undefined ? [] : [[rule, severity]];
    }),
  );
};

/** A version that is older or newer than all that we know is taken as the nearest of them. */
export const nearestVersion = (version: number): number =>
  Math.min(newestSystemdVersion, Math.max(oldestSystemdVersion, Math.trunc(version)));

const readVersion = (value: unknown): Pick<ServerSettings, 'systemdVersion' | 'systemdRelease'> => {
  const release = typeof value === 'string' ? releaseIn(value) : undefined;
  const version = release === undefined ? value : versionOf(release);
  if (typeof version !== 'number' || !Number.isFinite(version)) return { systemdVersion: 'auto' };
  // A number alone is the newest of its version.
  const isExact = release !== undefined && /\D/u.test(release);
  return { systemdVersion: nearestVersion(version), ...(isExact ? { systemdRelease: release } : {}) };
};

/** Settings are files that people edit: whatever does not fit falls back to the default. */
export const serverSettingsFrom = (section: unknown, home = homedir()): ServerSettings => {
  const lint = member(section, 'lint');
  const enable = member(lint, 'enable');
  const libcgroup = member(section, 'libcgroupVersion');
  const lxc = member(section, 'lxcVersion');
  const systemctl = member(member(section, 'executables'), 'systemctl');
  return {
    ...readVersion(member(section, 'systemdVersion')),
    libcgroupVersion: libcgroupVersions.find((version) => version === libcgroup) ?? 'auto',
    lxcVersion: lxcVersions.find((version) => version === lxc) ?? 'auto',
    lint: { enable: enable !== false, rules: readRules(member(lint, 'rules')) },
    systemctl: typeof systemctl === 'string' && systemctl.startsWith('/') ? systemctl : serverSettingDefaults.systemctl,
    imageDirectories: directoriesIn(member(section, 'imageDirectories'), home),
  };
};

/** The section `nspawn` in what an editor hands over whole: some put it below its name, some do not. */
export const sectionIn = (value: unknown): unknown => member(value, 'nspawn') ?? value;
