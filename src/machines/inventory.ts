import type { Image } from './image.ts';
import type { FailedUnit, Machine, MachineDetails, OsRelease } from './machine.ts';

/** Whether this host can be managed, and if not, why: each kind has its own welcome content. */
export type Availability =
  | { readonly kind: 'ready' }
  /** Not Linux. */
  | { readonly kind: 'unsupportedPlatform'; readonly platform: string }
  /** Linux whose PID 1 is not systemd (`/run/systemd/system` is missing): a container, WSL without systemd, another init. */
  | { readonly kind: 'notBooted' }
  /** systemd-machined is not installed (package systemd-container). */
  | { readonly kind: 'notInstalled' }
  /** machined is installed but does not start (masked, failing). */
  | { readonly kind: 'machinedDown'; readonly detail: string }
  /** The system bus does not answer. Machines may still be listed. */
  | { readonly kind: 'busDown'; readonly detail: string }
  /** The bus or the files refuse this user. */
  | { readonly kind: 'noPermission'; readonly detail: string };

/** `id` is the key in the maps of the inventory. */
export type InventoryChange =
  | { readonly kind: 'availability' }
  | { readonly kind: 'machineAdded' | 'machineRemoved' | 'machineChanged'; readonly id: string }
  | { readonly kind: 'imageAdded' | 'imageRemoved' | 'imageChanged'; readonly id: string }
  /** It starts at boot now, or no longer. */
  | { readonly kind: 'bootStateChanged'; readonly id: string }
  /** The unit that runs it has failed, or counts as failed no longer. `image` is the path that the unit names. */
  | { readonly kind: 'unitFailed' | 'unitRecovered'; readonly id: string; readonly image?: string };

/**
 * The last answer to "which images and machines are there", kept current by the host's own events while somebody watches.
 * Nothing runs and nothing is asked while nobody does.
 */
export interface Inventory {
  readonly availability: Availability;
  /** By `id`, as all that follows. */
  readonly machines: ReadonlyMap<string, Machine>;
  readonly images: ReadonlyMap<string, Image>;
  /** Whether there are more images than those, of which only the first ten thousand are kept. */
  readonly imagesCut: boolean;
  /** Machines that start at boot, whether there is an image of that name or not. */
  readonly enabled: ReadonlySet<string>;
  /** By the machine: units that have failed, whoever started them, and were neither started again nor reset since. */
  readonly failed: ReadonlyMap<string, FailedUnit>;
  /** Starts watching; resolves with the first whole answer. Safe to call again. Never rejects: see `availability`. */
  watch(): Promise<void>;
  /** Stops watching, closes the bus and forgets late answers; what is known stays readable. */
  pause(): void;
  /**
   * Asks everything anew, as after a command of ours whose effect raises no event. While nobody watches it asks once and
   * closes everything again. Never rejects.
   */
  refresh(): Promise<void>;
  /** Asked once per machine and kept until that machine changes. @throws MachineError */
  details(id: string): Promise<MachineDetails>;
  /**
   * Takes in what somebody with more rights has read of a machine, and keeps it as long as that runs; absent where nothing is withheld.
   * @param machine as it was before the reading began
   */
  learn?(machine: Machine, details: MachineDetails): void;
  /**
   * The operating system on an image, asked once per image and kept until that image changes; undefined where there is no
   * os-release that can be read. Never rejects.
   */
  imageOs(id: string): Promise<OsRelease | undefined>;
  /**
   * One call with all the changes of one event; returns the way to stop listening. A machine that did not change itself is
   * `machineChanged` when its details did: an address came.
   */
  onDidChange(listener: (changes: readonly InventoryChange[]) => void): () => void;
  dispose(): void;
}

export interface InventoryOptions {
  /** Directories searched for images besides machined's own, as set: `~` is the user's home, and what is not absolute is left out. */
  readonly imageDirectories: readonly string[];
  /** Other users of this host whose machines are wanted, too, where a kind keeps those of several users apart. */
  readonly users?: readonly string[];
}
