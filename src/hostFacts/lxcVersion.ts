import { lxcVersions } from '../language/context.ts';
import type { LxcRelease } from '../schema/lxcTypes.ts';
import { versionSaidBy } from './systemdVersion.ts';

/** Of the releases that are known, the newest that is not newer than what `lxc-info --version` prints, such as `5.0.2`. */
export const lxcReleaseIn = (output: string): LxcRelease | undefined => {
  const [written] = /^\d{1,3}\.\d{1,3}/u.exec(output) ?? [];
  if (written === undefined) return undefined;
  return lxcVersions.find((version) => Number(version) <= Number(written)) ?? lxcVersions.at(-1);
};

/** Which known release the installed LXC is; undefined where none says one. */
export const installedLxc = async (lxcInfo = 'lxc-info'): Promise<LxcRelease | undefined> =>
  lxcReleaseIn((await versionSaidBy(lxcInfo)) ?? '');
