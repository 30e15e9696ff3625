import { architecture } from '../hostFacts/architecture.ts';
import { readGroupFiles, type FoundFiles } from '../hostFacts/groupFiles.ts';
import { createHostObjects } from '../hostFacts/hostObjects.ts';
import { placeOf } from '../hostFacts/place.ts';
import { readHost } from '../hostFacts/readHost.ts';
import { installedSystemd } from '../hostFacts/systemdVersion.ts';
import type { Host, Place } from '../language/context.ts';
import type { HostObjects } from '../language/hostObjects.ts';

/** All that the server asks the machine that it runs on. */
export interface ServerHost {
  readonly placeOf: (path: string, systemdVersion: number) => Place;
  readonly installedSystemd: (systemctl: string) => Promise<string | undefined>;
  readonly architecture: string | undefined;
  /** What files of libcgroup are judged by, as it is now. */
  readonly readHost: () => Host | undefined;
  /** What a directory holds for libcgroup; files that have not changed since `before` are the same objects. */
  readonly groupFiles: (directory: string, before?: FoundFiles) => Promise<FoundFiles>;
  readonly objects: HostObjects;
}

export const realHost = (): ServerHost => ({
  placeOf,
  installedSystemd,
  architecture: architecture(),
  readHost: () => readHost(),
  groupFiles: readGroupFiles,
  objects: createHostObjects(),
});
