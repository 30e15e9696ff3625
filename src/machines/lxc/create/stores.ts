import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import type { StoreKind } from '../../creation.ts';
import type { LxcPlaces } from '../places.ts';

/** Magic numbers of statfs(2). */
const btrfs = 0x91_23_68_3e;
const overlayfs = 0x79_4c_76_30;

const typeOf = (path: string): number | undefined => {
  try {
    return statfsSync(path).type;
  } catch {
    return undefined;
  }
};

/** Whether the kernel has overlays, or a module that it loads with the first of them. */
const knowsOverlays = (proc: string): boolean => {
  try {
    if (/\boverlay$/mu.test(readFileSync(join(proc, 'filesystems'), 'utf8'))) return true;
  } catch {
    return false;
  }
  return existsSync(join('/lib/modules', release(), 'kernel/fs/overlayfs'));
};

export interface StorePlaces extends Pick<LxcPlaces, 'proc'> {
  readonly loopControl: string;
  /** Where the tools of file systems and volumes may be. */
  readonly tools: readonly string[];
}

const storePlaces = ({ proc }: Pick<LxcPlaces, 'proc'>): StorePlaces => ({
  proc,
  loopControl: '/dev/loop-control',
  tools: ['/usr/sbin', '/sbin', '/usr/bin', '/bin', '/usr/local/sbin'],
});

/** How this host can keep a container in LXC's directory; a directory it always can. */
export const possibleStores = (
  places: Pick<LxcPlaces, 'proc'>,
  lxcpath: string,
  { proc, loopControl, tools }: StorePlaces = storePlaces(places),
): readonly StoreKind[] => {
  const type = typeOf(lxcpath);
  const isThere = (tool: string): boolean => tools.some((directory) => existsSync(join(directory, tool)));
  const canFormat = isThere('mkfs.ext4');
  const possible: Readonly<Record<StoreKind, boolean>> = {
    dir: true,
    btrfs: type === btrfs,
    // An overlay has no upper directory on an overlay.
    overlay: type !== overlayfs && knowsOverlays(proc),
    loop: canFormat && existsSync(loopControl),
    lvm: canFormat && isThere('lvcreate'),
    zfs: isThere('zfs'),
  };
  return (Object.keys(possible) as StoreKind[]).filter((kind) => possible[kind]);
};
