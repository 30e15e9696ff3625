import { architecture } from '../hostFacts/architecture.ts';
import { createHostObjects } from '../hostFacts/hostObjects.ts';
import { placeOf } from '../hostFacts/place.ts';
import { installedSystemdVersion } from '../hostFacts/systemdVersion.ts';
import type { Place } from '../language/context.ts';
import type { HostObjects } from '../language/hostObjects.ts';

/** All that the server asks the machine that it runs on. */
export interface ServerHost {
  readonly placeOf: (path: string, systemdVersion: number) => Place;
  readonly installedSystemdVersion: (systemctl: string) => Promise<number | undefined>;
  readonly architecture: string | undefined;
  readonly objects: HostObjects;
}

export const realHost = (): ServerHost => ({
  placeOf,
  installedSystemdVersion,
  architecture: architecture(),
  objects: createHostObjects(),
});
