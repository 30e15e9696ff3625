/** Why something could not be done. Decided from exit codes, structured output or a probe, never from English text. */
export type MachineFailure =
  | { readonly kind: 'toolMissing'; readonly file: string }
  | {
      readonly kind: 'toolFailed';
      readonly file: string;
      readonly args: readonly string[];
      readonly exitCode: number | undefined;
      readonly signal: string | undefined;
      /** What the tool said, cut to a readable length; shown, never decided from. */
      readonly stderr: string;
    }
  | {
      readonly kind: 'timedOut';
      readonly file: string;
      readonly afterMs: number;
      /** As of what was called off. */
      readonly left?: string;
    }
  | {
      readonly kind: 'cancelled';
      /** `ActiveState=` in which the unit was left, such as `activating`, or `unfinished` or `unseen`; absent where nothing is left. */
      readonly left?: string;
    }
  | { readonly kind: 'unexpectedOutput'; readonly source: string; readonly detail: string }
  | { readonly kind: 'notAuthorized'; readonly polkitAction: string }
  | { readonly kind: 'invalidName'; readonly name: string; readonly problem: NameProblem }
  | { readonly kind: 'noSuchMachine'; readonly name: string }
  | { readonly kind: 'noSuchImage'; readonly name: string }
  | { readonly kind: 'nameTaken'; readonly name: string }
  /** There is nothing of which a machine could be made. */
  | { readonly kind: 'noTemplates'; readonly directory: string }
  /** `name` is a machine that cannot be packed, or the file that holds none. */
  | {
      readonly kind: 'archiveProblem';
      readonly name: string;
      readonly problem: 'treeElsewhere' | 'ofUser' | 'membersOutside' | 'noContainer';
    }
  /** `reason` is empty where a terminal shows it; `left` is what is there of it and could not be removed. */
  | { readonly kind: 'notMade'; readonly name: string; readonly reason: string; readonly left?: string }
  /** The image is in use by a running machine, so it can be neither removed nor renamed. */
  | { readonly kind: 'machineRunning'; readonly name: string }
  /** Its files are gone, and those of its snapshot, which is still there at `path`, were not put in their place. */
  | { readonly kind: 'notRestored'; readonly name: string; readonly path: string }
  /** It was called off, or took too long, when its tool had begun: what is there of it at `paths` is not taken back. */
  | { readonly kind: 'halfDone'; readonly name: string; readonly paths: readonly string[] }
  /** Other containers share its files; none of them where nobody could read which. */
  | { readonly kind: 'hasCopies'; readonly name: string; readonly copies: readonly string[] }
  /** The tool said that it was done, and the host says otherwise. */
  | { readonly kind: 'noEffect'; readonly name: string; readonly expected: string; readonly found: string }
  | {
      readonly kind: 'didNotStart';
      readonly name: string;
      readonly unit: string;
      /** `Result=` of the unit, such as `exit-code` or `timeout`; undefined where it could not be asked. */
      readonly result: string | undefined;
      /** The last lines of what the unit's processes said, or else of what systemd said of it; oldest first. */
      readonly journal: readonly string[];
      /** What in its settings keeps it from starting, in sentences: whoever knows settings adds it. */
      readonly settings?: readonly string[];
    }
  | { readonly kind: 'didNotStop'; readonly name: string; readonly waitedMs: number }
  | {
      readonly kind: 'cannotEnter';
      readonly name: string;
      /** It is starting; it is frozen; its init has too few capabilities for anything to enter beside it; its list of users does not answer. */
      readonly reason: 'starting' | 'frozen' | 'fewCapabilities' | 'usersSilent';
    }
  /** Its backend, called so, has nothing of the kind. */
  | { readonly kind: 'notOffered'; readonly name: string; readonly backend: string }
  /** A machine has no such user. */
  | { readonly kind: 'noSuchUser'; readonly name: string; readonly user: string }
  /** It has a user namespace, in which the kernel makes no devices; or LXC would take all other devices away. */
  | {
      readonly kind: 'deviceRefused';
      readonly name: string;
      readonly device: string;
      /** What one more rule about devices would do where there are none: leave the added one alone, or nothing at all. */
      readonly reason: 'unprivileged' | 'othersLost' | 'allLost';
    }
  /** Its init is no systemd, or there is no D-Bus inside: nobody opens a login prompt there. */
  | { readonly kind: 'noBusInside'; readonly name: string }
  /** The host does not let this user make user namespaces. */
  | { readonly kind: 'namespacesForbidden' }
  | { readonly kind: 'fileProblem'; readonly path: string; readonly code: string }
  | { readonly kind: 'busUnavailable'; readonly detail: string }
  /** The kernel takes no such change of a control group. `text` is what was to be written; absent where a group was made or removed. */
  | { readonly kind: 'kernelRefused'; readonly path: string; readonly text?: string; readonly code: string }
  | { readonly kind: 'noSuchGroup'; readonly path: string }
  | { readonly kind: 'noSuchProcess'; readonly pid: number };

/** What is wrong with a name that a user typed. */
export type NameProblem =
  | 'empty'
  | 'tooLong'
  | 'badCharacter'
  | 'leadingDash'
  | 'badDots'
  | 'leadsOut'
  | 'reserved'
  | 'kernelFile'
  | 'meansAll';

/** The only error that `machines` throws. */
export class MachineError extends Error {
  readonly failure: MachineFailure;

  constructor(failure: MachineFailure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.name = 'MachineError';
    this.failure = failure;
  }
}

/** Somebody called it off: said nowhere, unless something goes on. */
export const isCancelled = (
  error: unknown,
): error is MachineError & { readonly failure: Extract<MachineFailure, { kind: 'cancelled' }> } =>
  error instanceof MachineError && error.failure.kind === 'cancelled';

/** Called off, or ended because it took too long: its tool may have done a part. */
export const isGivenUp = (
  error: unknown,
): error is MachineError & { readonly failure: Extract<MachineFailure, { kind: 'cancelled' | 'timedOut' }> } =>
  isCancelled(error) || (error instanceof MachineError && error.failure.kind === 'timedOut');

/** The code of a system call that failed, such as ENOENT. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
