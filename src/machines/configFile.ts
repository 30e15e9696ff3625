import type { Run, RunOptions } from './command.ts';
import type { MachineRef } from './reference.ts';
import type { AccountMapping, MappedAccounts } from './unprivilegedSetup.ts';

/** The file in which the settings of a machine stand. */
export interface ConfigFile {
  readonly path: string;
  /** From one of the administrator's directories; beside an image most privileged settings have no effect. */
  readonly trusted: boolean;
  /** Files of the same name that would be in effect without this one. */
  readonly shadowed: readonly string[];
}

export interface ConfigFiles {
  /**
   * The file in effect.
   * @param imagePath the image, or root directory, that the machine runs from
   * @returns `closed` where this user cannot tell which file it is: a place that comes first may not be looked into, or does not
   * answer
   */
  readonly find: (ref: MachineRef, imagePath: string | undefined) => Promise<ConfigFile | 'closed' | undefined>;
  /** What stands in it, in a few words; nothing where this user may not read it. */
  readonly summarise: (path: string) => Promise<readonly string[]>;
  /** The whole text, for who judges it; undefined where this user may not read it, or it is no text, or far too long. */
  readonly readText: (path: string) => Promise<string | undefined>;
}

/** What is known of `.nspawn` files without asking about a machine. */
export interface NspawnFiles {
  /** Where a new file belongs, and where systemd looks first. */
  readonly directories: readonly string[];
  /** What machine and file are named for an image that goes by its path. */
  readonly nameOf: (name: string) => string;
  /** @throws MachineError toolMissing, namespacesForbidden, and those of a run */
  readonly judge: (run: Run, question: OpinionQuestion, options?: RunOptions) => Promise<Opinion>;
}

export interface OpinionQuestion {
  readonly text: string;
  /** As if it lay in /etc/systemd/nspawn; otherwise as beside an image, where systemd ignores some settings. */
  readonly trusted: boolean;
  /** Where systemd-nspawn is: a name that is looked up in PATH, or an absolute path. */
  readonly nspawn: string;
}

export interface OpinionMessage {
  /** From 1; the last line of a setting over several lines. Undefined for what is said of the whole file. */
  readonly line: number | undefined;
  readonly text: string;
}

export interface Opinion {
  readonly messages: readonly OpinionMessage[];
  /** Whether a machine would be started with this file, as far as the file decides it. */
  readonly taken: boolean;
}

/** What is known of configurations of LXC without asking about a container. */
export interface LxcFiles {
  /** @throws MachineError toolMissing, unexpectedOutput, and those of a run */
  readonly judge: (run: Run, question: LxcQuestion, options?: RunOptions) => Promise<LxcOpinion>;
  /** `none` where the text has no id map, `unreadable` where a line of it is not one that people write. Nothing is written. */
  readonly mapAccounts: (mapping: AccountMapping) => Promise<MappedAccounts | 'none' | 'unreadable'>;
}

export interface LxcQuestion {
  readonly text: string;
  /** Where lxc-info is: a name that is looked up in PATH, or an absolute path. */
  readonly tool: string;
  /** Whether other files may include this one, and say what stands before it. */
  readonly isPart: boolean;
}

/** A line for which LXC refuses the whole file. */
export interface RefusedLine {
  /** From 1. */
  readonly line: number;
  /** In words of liblxc, which often has none. */
  readonly reason?: string;
  /** Whether a file that was not read could have it taken. */
  readonly isPerhaps?: true;
}

export interface LxcOpinion {
  readonly refused: readonly RefusedLine[];
  /** How many lines it was given without their values, because it would have opened what they name. */
  readonly leftOut: number;
  /** Whether it came to the end: else it crashed, did not come back in time, or refuses more lines than these. */
  readonly end: 'read' | 'crashed' | 'late' | 'tooMany';
}
