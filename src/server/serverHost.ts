import { architecture } from '../hostFacts/architecture.ts';
import { readGroupFiles, type FoundFiles } from '../hostFacts/groupFiles.ts';
import { createReadIncluded, type ReadIncluded } from '../hostFacts/includedFiles.ts';
import { createHostObjects, hostDirectories as hostDirectories } from '../hostFacts/hostObjects.ts';
import { configuredLxcPaths } from '../hostFacts/lxcPaths.ts';
import { installedLxc } from '../hostFacts/lxcVersion.ts';
import { createLookAtHost, type LookAtHost } from '../hostFacts/namedOnHost.ts';
import { followsIncludes, isForThisHost, placeOf, thisHost as placeHost } from '../hostFacts/place.ts';
import { readHost } from '../hostFacts/readHost.ts';
import { installedSystemd } from '../hostFacts/systemdVersion.ts';
import type { Host, Place } from '../language/context.ts';
import type { LxcRelease } from '../schema/lxcTypes.ts';
import type { HostObjects } from '../language/hostObjects.ts';
import { imageDirectories } from '../schema/imageDirectories.ts';

/** All that the server asks the machine that it runs on. */
export interface ServerHost {
  /** `more` are directories of images that systemd does not know by itself. */
  readonly placeOf: (path: string, systemdVersion: number, more: readonly string[]) => Place;
  /** Whether a file at that place is for this host, and not for any. */
  readonly isForThisHost: (path: string, place: Place, more: readonly string[]) => boolean;
  /** Whether what a file at that place includes is looked for on this host. */
  readonly followsIncludes: (path: string) => boolean;
  readonly readIncluded: ReadIncluded;
  readonly lookAtHost: LookAtHost;
  readonly installedSystemd: (systemctl: string) => Promise<string | undefined>;
  readonly installedLxc: () => Promise<LxcRelease | undefined>;
  readonly architecture: string | undefined;
  /** What files of libcgroup are judged by, as it is now. */
  readonly readHost: () => Host | undefined;
  /** What a directory holds for libcgroup; files that have not changed since `before` are the same objects. */
  readonly groupFiles: (directory: string, before?: FoundFiles) => Promise<FoundFiles>;
  /** Also of the images in `more`. */
  readonly objects: (more: readonly string[]) => HostObjects;
}

/** What is asked for again and again, mostly with the same directories; what hangs there is remembered, too. */
const objectsOfHost = (): ServerHost['objects'] => {
  const objectsWith = (more: readonly string[]): HostObjects =>
    createHostObjects({ ...hostDirectories, images: [...imageDirectories, ...more] });
  const last = { directories: '', objects: objectsWith([]) };
  return (more) => {
    const directories = more.join('\0');
    if (directories !== last.directories) Object.assign(last, { directories, objects: objectsWith(more) });
    return last.objects;
  };
};

export const realHost = (): ServerHost => ({
  placeOf: (path, systemdVersion, more) =>
    placeOf(path, systemdVersion, { ...placeHost, imageDirectories: [...imageDirectories, ...more] }),
  isForThisHost: (path, place, more) =>
    isForThisHost(path, place, [...imageDirectories, ...more], configuredLxcPaths()),
  followsIncludes: (path) => followsIncludes(path, configuredLxcPaths()),
  readIncluded: createReadIncluded(),
  lookAtHost: createLookAtHost(),
  installedSystemd,
  installedLxc: () => installedLxc(),
  architecture: architecture(),
  readHost: () => readHost(),
  groupFiles: readGroupFiles,
  objects: objectsOfHost(),
});
