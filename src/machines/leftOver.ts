import type { Command } from './command.ts';
import type { Inventory } from './inventory.ts';

/** A copy of an image that systemd-nspawn made for `--ephemeral` and did not remove, because it was killed. */
export interface LeftOver {
  /** `used`: a systemd-nspawn holds it, a machine runs on it or a process is in it. */
  readonly state: 'free' | 'used';
  readonly kind: 'directory' | 'subvolume' | 'file';
  readonly directory: string;
  /** Which directory that was, so that no other one is taken for it later. */
  readonly identity: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly made: number | undefined;
  /** Undefined where it takes long to count, or nobody has counted. */
  readonly bytes: number | undefined;
}

/** What became of one. */
export interface Removal {
  /** `another`: the directory is no longer the one that was seen. */
  readonly outcome: 'removed' | 'used' | 'gone' | 'another' | 'failed';
  readonly reason: string;
}

export interface LeftOvers {
  /** Where they may lie. */
  readonly directories: (
    inventory: Pick<Inventory, 'machines' | 'images'>,
    setting: readonly string[],
  ) => readonly string[];
  /** The image that one is a copy of, by its name; empty for a copy of this system, undefined for what is none. */
  readonly imageOf: (name: string) => string | undefined;
  /** Only root can tell what is in use. */
  readonly list: (directories: readonly string[]) => Command<readonly LeftOver[]>;
  /** Removes what is still free when it comes to it. @throws MachineError invalidName */
  readonly remove: (leftOvers: readonly LeftOver[]) => Command<readonly Removal[]>;
}
