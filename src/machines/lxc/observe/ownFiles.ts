import type { OwnFiles } from '../../image.ts';
import { configFileOf, type ContainerRef, filesOf, type LxcPlaces, lxcPlaces, usualLog } from '../places.ts';
import { readConfig } from '../readConfig.ts';
import { snapshotNames } from './snapshots.ts';

/** What the files of a container say, as they are now. Never rejects. */
export const ownFilesOf = async (ref: ContainerRef, places: LxcPlaces = lxcPlaces): Promise<OwnFiles> => {
  const configuration = configFileOf(ref);
  const files = filesOf(places, ref.lxcpath);
  const config = await readConfig(configuration, files).catch(() => undefined);
  return {
    configuration,
    // Where its configuration cannot be read, it may lie anywhere.
    log: config === undefined ? undefined : (config.logFile ?? usualLog(places, ref)),
    unprivileged: config === undefined ? undefined : config.idMap.length > 0,
    groups: config?.groups,
    backing: config?.backing,
    snapshots: await snapshotNames(ref, files).catch(() => undefined),
  };
};
