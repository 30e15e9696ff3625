import type { Image } from '../../image.ts';
import type { Machine, OsRelease } from '../../machine.ts';
import { osReleaseFromFields, osReleaseInTree } from '../../host/osRelease.ts';
import { askManager } from './machinedCalls.ts';
import type { MachinedLink } from './machinedLink.ts';
import type { BusCall } from '../../host/systemBus.ts';

const timeoutMs = 10_000;

export interface ImageOsCache {
  /** Asked once per image and kept until it changes; undefined where nobody can tell. Never rejects. */
  readonly get: (image: Image) => Promise<OsRelease | undefined>;
  /** Forgets who could not be told: machined does not look into an image that runs. */
  readonly forgetUnknown: () => void;
  readonly forgetAll: () => void;
}

export interface ImageOsOptions {
  readonly link: MachinedLink;
  readonly machines: ReadonlyMap<string, Machine>;
}

const ask = async (link: MachinedLink, call: BusCall): Promise<OsRelease | undefined> => {
  try {
    const answer = await link.call(call, timeoutMs);
    return typeof answer === 'object' && answer !== null ? osReleaseFromFields({ ...answer }) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Reads the os-release of images on disk: the file where this user may; else machined, about the image, or while that runs
 * about its machine. Disk images are not asked for: machined would have to set up a loop device for each.
 */
export const createImageOsCache = ({ link, machines }: ImageOsOptions): ImageOsCache => {
  const entries = new Map<string, { readonly image: Image; readonly os: Promise<OsRelease | undefined> }>();

  const find = async (image: Image): Promise<OsRelease | undefined> => {
    if (image.type !== 'directory' && image.type !== 'subvolume') return undefined;
    const own = await osReleaseInTree(image.path);
    if (own !== undefined || !image.managed || link.availability().kind !== 'ready') return own;
    const machine = [...machines.values()].find(({ rootDirectory }) => rootDirectory === image.path);
    const call =
      machine === undefined
        ? askManager('GetImageOSRelease', image.name)
        : askManager('GetMachineOSRelease', machine.name);
    return ask(link, call);
  };

  const unknown = new Set<string>();
  return {
    get: (image) => {
      const known = entries.get(image.name);
      if (known?.image === image) return known.os;
      const os = find(image);
      const entry = { image, os };
      entries.set(image.name, entry);
      void os.then((answer) => {
        if (answer === undefined && entries.get(image.name) === entry) unknown.add(image.name);
      });
      return os;
    },
    forgetUnknown: () => {
      for (const name of unknown) entries.delete(name);
      unknown.clear();
    },
    forgetAll: () => {
      entries.clear();
      unknown.clear();
    },
  };
};
