import { journalDirectories } from './host/readableJournal.ts';
import type { Command, Run } from './command.ts';
import type { MachineFailure } from './errors.ts';
import type { Inventory } from './inventory.ts';

/** Where the kernel and systemd tell of processes and machines. */
export interface HostPlaces {
  readonly proc: string;
  /** One file for each machine that is registered, world-readable on every version; what it says is private to systemd. */
  readonly registered: string;
  /** Where journald keeps its files. */
  readonly journals: readonly string[];
}

export const hostPlaces: HostPlaces = {
  proc: '/proc',
  registered: '/run/systemd/machines',
  journals: journalDirectories,
};

/** What operations need of the host. */
export interface OperationHost {
  readonly run: Run;
  /** Elsewhere only in tests. */
  readonly places?: HostPlaces;
  /** Its events end a wait early; an operation also works while it is paused. */
  readonly inventory: Pick<Inventory, 'machines' | 'images' | 'onDidChange' | 'refresh'>;
}

/**
 * Something done to a machine, an image or a control group: the tool to run, and how to know that it has really happened, because exit codes
 * lie here. The two are apart so that the tool can also run in a terminal where it asks for a password itself.
 */
export interface Operation {
  /** The machine, image or control group that it is done to. */
  readonly name: string;
  /**
   * Does it without the tool where this user may, before the tool is tried; false where it takes the tool, and then nothing has been
   * done. Absent where only the tool can.
   * @throws MachineError
   */
  readonly directly?: () => Promise<boolean>;
  readonly command: Command<void>;
  /** Run before the tool and with its rights, as a request that makes the tool end sooner; its own failure counts for nothing. */
  readonly first?: Command<void>;
  /**
   * The same without D-Bus, for root: beyond about 253 machines the bus refuses root's connections, while systemctl has
   * a socket of its own. Absent where there is no such way.
   */
  readonly withoutBus?: Command<void>;
  /** In a terminal it stays to be read when the tool is done, because it tells what a person has to know. */
  readonly stays?: true;
  /** What is known of a failure by the exit code alone, also where the tool ran in a terminal. */
  readonly failureOf?: (exitCode: number) => MachineFailure | undefined;
  /** What polkit will be asked for, all of it needed; empty where polkit is no way (sudo and the like are then the only one). */
  readonly polkitActions: readonly string[];
  /** Done to what is this user's own, which needs no privileges, and must not be done with any. */
  readonly asThisUser?: true;
  /** After the tool has failed: whether it is worth running once more, because the failure itself cleared its cause. */
  readonly again?: () => Promise<boolean>;
  /**
   * After the tool has failed: finds out by asking what was the matter. Undefined: the tool's own failure has to do. `failed` is the tool
   * that ran, which may be sudo around it; absent where it ran in a terminal.
   */
  readonly explain: (
    signal: AbortSignal,
    failed?: Extract<MachineFailure, { kind: 'toolFailed' }>,
  ) => Promise<MachineFailure | undefined>;
  /**
   * After a cancel, and where the tool was ended because it took too long: takes back what has not begun yet, and says in which state the
   * unit was left, such as `activating`; `unfinished` where a tool that could not be ended goes on, or its work could not be taken back;
   * `unseen` where this user may not look; a failure where something is lost or left half done. Absent where there is nothing to say. Never rejects.
   */
  readonly abandon?: () => Promise<string | MachineFailure | undefined>;
  /**
   * Resolves when the state has really changed. An abort ends the waiting only: what the tool has set going goes on. `ran` is the tool that
   * was run, which may be sudo around it; absent where it ran in a terminal, or nothing did.
   * @throws MachineError didNotStart, didNotStop, noEffect, cancelled
   */
  readonly settle: (signal: AbortSignal, ran?: string) => Promise<void>;
}
