import type { Image } from '../../image.ts';
import type { OsRelease } from '../../machine.ts';
import { osReleaseFromFields } from '../../osRelease.ts';
import { osReleaseInTree } from '../../osReleaseInTree.ts';
import { askManager } from './machinedCalls.ts';
import type { MachinedLink } from './machinedLink.ts';

const timeoutMs = 10_000;

/**
 * Reads the os-release of an image on disk: the file where this user may, else by machined. Disk images are not asked
 * for: machined would have to set up a loop device for each.
 */
export const askImageOs = async (link: MachinedLink, image: Image): Promise<OsRelease | undefined> => {
  if (image.type !== 'directory' && image.type !== 'subvolume') return undefined;
  const own = await osReleaseInTree(image.path);
  if (own !== undefined || !image.managed || link.availability().kind !== 'ready') return own;
  try {
    const answer = await link.call(askManager('GetImageOSRelease', image.name), timeoutMs);
    return typeof answer === 'object' && answer !== null ? osReleaseFromFields({ ...answer }) : undefined;
  } catch {
    return undefined;
  }
};
