import type { TerminalCommand } from './command.ts';

/** A terminal of a machine, planned and not opened yet. */
export interface TerminalPlan {
  readonly command: TerminalCommand;
  /** What polkit will be asked for; empty where only root can. */
  readonly polkitActions: readonly string[];
  /** Of what is this user's own, which needs no privileges. */
  readonly asThisUser?: true;
}

export interface ShellRequest {
  /** A user of the machine's; root when left out. */
  readonly user?: string;
  /**
   * A line for the machine's own `/bin/sh -c`, as one argument: whoever types a command means pipes, patterns and quotes as
   * that shell has them. Without it the user's own shell is opened.
   */
  readonly commandLine?: string;
}

export interface ShellPlan extends TerminalPlan {
  /** `machineShell`: the machine's own systemd opens it. `namespaces`: we enter beside it. `ownTool`: the tool of its backend does. */
  readonly way: 'machineShell' | 'namespaces' | 'ownTool';
  /** Why a shell may be allowed more than the machine is: a person has to know before it opens. */
  readonly doubts: readonly Doubt[];
  /** The shell that the machine's passwd gives the user to keep people out, such as nologin; /bin/sh is opened in its stead. */
  readonly refused: string | undefined;
}

/**
 * Why nobody can tell for certain what a machine may do, so that a shell may be allowed more than the machine is. `ui` has a
 * sentence for every one.
 */
export type Doubt =
  /** An option of its command line is shortened, or not known here. */
  | { readonly kind: 'unreadOption' }
  | { readonly kind: 'selinuxLabel' }
  | { readonly kind: 'ociBundle' }
  /** As far as can be seen, systemd-nspawn is not the parent of its init. */
  | { readonly kind: 'otherParent' }
  | { readonly kind: 'unitFilters' }
  | { readonly kind: 'fileChanged' | 'fileSilent' | 'filesCameOrWent'; readonly path: string }
  /** A shell has to keep what lets it use the host's audit log. */
  | { readonly kind: 'auditLog' }
  | { readonly kind: 'appArmorProfile'; readonly profile: string };

/** Why the guard lets nobody in, as formats of printf(1) in the language of the user. */
export interface GuardWords {
  readonly machineEnded: string;
  readonly otherUserNamespace: string;
  /** With the path of a settings file. */
  readonly unseenFile: string;
  /** With the path of a settings file. */
  readonly unreadFilter: string;
  /** With a control group. */
  readonly unreachableGroup: string;
  /** With a control group. */
  readonly closedGroup: string;
}

/** How an image is run in a terminal, which then owns its machine. */
export interface RunImageOptions {
  /** Boots its init; otherwise only a shell runs, like chroot. */
  readonly boot: boolean;
  /** On a copy that is thrown away at the end. */
  readonly ephemeral: boolean;
  /** Whether machined and systemd are there; without them systemd-nspawn must not look for them. */
  readonly registered: boolean;
  /** Whether lines of its `.nspawn` file that count say what is to be done about a user namespace. */
  readonly fileDecidesUsers: boolean;
}

/** `machine`: the machine's own journal. `unit`: what the host has of it, which is its console and its starts and stops. */
export type JournalSource = { readonly kind: 'machine' } | { readonly kind: 'unit'; readonly unit: string };
