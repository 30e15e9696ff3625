import type { Command } from './command.ts';

/**
 * Something done to a machine or image: the tool to run, and how to know that it has really happened, because exit codes
 * lie here. The two are apart so that the tool can also run in a terminal where it asks for a password itself.
 */
export interface Operation {
  readonly command: Command<void>;
  /** The polkit action that the tool will be asked for; undefined where none is (sudo and the like are then the only way). */
  readonly polkitAction: string | undefined;
  /**
   * Resolves when the state has really changed.
   * @throws MachineError didNotStart, didNotStop, cancelled
   */
  readonly settle: (signal: AbortSignal) => Promise<void>;
}
