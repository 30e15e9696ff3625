import { type Context, defaultContext, newestSystemdVersion, type Place } from '../language/context.ts';
import type { GroupSets } from './groupSets.ts';
import { languageOfPath } from '../language/languageOfPath.ts';
import type { LxcRelease } from '../schema/lxcTypes.ts';
import { versionOf } from '../schema/systemdRelease.ts';
import { filePathOf } from '../hostFacts/fileUri.ts';
import type { ServerHost } from './serverHost.ts';
import { nearestVersion, type ServerSettings } from './serverSettings.ts';

/** Which systemd a file is judged for, and why that one: `newest` where none is installed. */
export interface TargetSystemd {
  readonly version: number;
  /** With its point release, where that is known. */
  readonly release?: string;
  readonly from: 'setting' | 'installed' | 'newest';
}

/** Everything but its text that an open file is judged by. It is the same object until something of it changes. */
export interface Situation {
  readonly context: Context;
  readonly target: TargetSystemd;
  readonly lint: boolean;
  /** What the file names of a host, it names of this one. */
  readonly ofThisHost: boolean;
  /** Whether what it includes is looked for on this host. */
  readonly followsIncludes: boolean;
  /** Where images lie besides where systemd looks by itself. */
  readonly imageDirectories: readonly string[];
}

export interface Situations {
  readonly of: (uri: string) => Promise<Situation>;
  /** The systemd that runs on this host, whatever files are checked for; undefined where none is found. */
  readonly installed: (
    uri: string,
  ) => Promise<Required<Pick<Context, 'systemdVersion' | 'systemdRelease'>> | undefined>;
  /** Asks anew the next time, for one file or for all. */
  readonly forget: (uri?: string) => void;
}

const withRelease = (release: string | undefined): Pick<TargetSystemd, 'release'> =>
  release === undefined ? {} : { release };

export const createSituations = (
  host: ServerHost,
  settingsOf: (uri: string) => Promise<ServerSettings>,
  groups: Pick<GroupSets, 'of'>,
): Situations => {
  const known = new Map<string, Promise<Situation>>();
  /** The same with what other files say of control groups. */
  const together = new WeakMap<Situation, Situation>();
  const installed = new Map<string, Promise<string | undefined>>();

  const askInstalled = (systemctl: string): Promise<string | undefined> => {
    const asked = installed.get(systemctl) ?? host.installedSystemd(systemctl);
    installed.set(systemctl, asked);
    return asked;
  };

  let lxc: ReturnType<ServerHost['installedLxc']> | undefined;
  const lxcVersionOf = async (path: string | undefined, { lxcVersion }: ServerSettings): Promise<LxcRelease> => {
    if (lxcVersion !== 'auto') return lxcVersion;
    // No tool of LXC is asked for what is plainly something else.
    const language = path === undefined ? undefined : languageOfPath(path);
    if (language !== undefined && !language.startsWith('lxc')) return defaultContext.lxcVersion;
    lxc ??= host.installedLxc();
    return (await lxc) ?? defaultContext.lxcVersion;
  };

  const targetOf = async ({ systemdVersion, systemdRelease, systemctl }: ServerSettings): Promise<TargetSystemd> => {
    if (systemdVersion !== 'auto') return { version: systemdVersion, ...withRelease(systemdRelease), from: 'setting' };
    const release = await askInstalled(systemctl);
    return release === undefined
      ? { version: newestSystemdVersion, from: 'newest' }
      : { version: nearestVersion(versionOf(release)), release, from: 'installed' };
  };

  const look = async (uri: string): Promise<Situation> => {
    const settings = await settingsOf(uri);
    const target = await targetOf(settings);
    const path = filePathOf(uri);
    const { imageDirectories } = settings;
    const place: Place =
      path === undefined ? { trust: 'unknown' } : host.placeOf(path, target.version, imageDirectories);
    const ofHost = host.readHost();
    const context: Context = {
      ...defaultContext,
      systemdVersion: target.version,
      ...(target.release === undefined ? {} : { systemdRelease: target.release }),
      libcgroupVersion:
        settings.libcgroupVersion === 'auto' ? defaultContext.libcgroupVersion : settings.libcgroupVersion,
      lxcVersion: await lxcVersionOf(path, settings),
      place,
      severities: settings.lint.rules,
      ...(host.architecture === undefined ? {} : { architecture: host.architecture }),
      ...(ofHost === undefined ? {} : { host: ofHost }),
    };
    const ofThisHost = path !== undefined && host.isForThisHost(path, place, imageDirectories);
    const followsIncludes = path !== undefined && host.followsIncludes(path);
    return { context, target, lint: settings.lint.enable, ofThisHost, followsIncludes, imageDirectories };
  };

  const lookOnce = (uri: string): Promise<Situation> => {
    const last = known.get(uri);
    if (last !== undefined) return last;
    const situation = look(uri);
    known.set(uri, situation);
    // An editor that did not answer is asked again.
    situation.catch(() => known.delete(uri));
    return situation;
  };

  return {
    of: async (uri) => {
      const alone = await lookOnce(uri);
      const set = await groups.of(uri, alone.context.libcgroupVersion);
      if (set === undefined) return alone;
      const last = together.get(alone);
      if (last?.context.groups === set) return last;
      const situation = { ...alone, context: { ...alone.context, groups: set } };
      together.set(alone, situation);
      return situation;
    },
    installed: async (uri) => {
      const release = await askInstalled((await settingsOf(uri)).systemctl);
      return release === undefined
        ? undefined
        : { systemdVersion: nearestVersion(versionOf(release)), systemdRelease: release };
    },
    forget: (uri) => {
      if (uri === undefined) known.clear();
      else known.delete(uri);
    },
  };
};
