/** Asks what parameters of control groups mean; `nspawn/parameterMeanings`. One answer each, in the same order. */
export interface ParameterMeaningsQuestion {
  readonly version: 1 | 2;
  readonly parameters: readonly ParameterQuestion[];
}

/** A parameter file of a group, and maybe a value that it has or is to get; of that each line is a write. */
export interface ParameterQuestion {
  readonly name: string;
  readonly value?: string;
  /** What the kernel says after the value was written. */
  readonly read?: string;
}

/** What the kernel does with a parameter, as plain text. */
export interface ParameterMeaning {
  /** One sentence; empty for a parameter that is not known. */
  readonly summary: string;
  /** What it takes, with its unit and range; empty where it can only be read. */
  readonly form: string;
  readonly writable: boolean;
  /** What a new group begins with. */
  readonly initial?: string;
  /** Why the kernel would refuse the value, or take another one; absent where nothing speaks against it. */
  readonly problem?: { readonly refused: boolean; readonly text: string };
  /** What the kernel makes of the value, or the same value as people say it. */
  readonly hint?: string;
  /** Keys of systemd.resource-control(5) that set it, without their `=`. */
  readonly systemd: readonly string[];
  /**
   * What gives a unit this value, ready for `systemctl set-property`: `MemoryMax=4096`. Absent where the systemd of this host has nothing
   * for it.
   */
  readonly settings?: readonly string[];
  /** What the kernel has made of the value, where it was said what was read. */
  readonly outcome?: WriteOutcome;
}

/** What the kernel has made of a value that was written. */
export type WriteOutcome =
  | { readonly kind: 'asWritten' }
  /** It keeps whole pages of memory only; `page` in bytes. */
  | { readonly kind: 'roundedDown'; readonly page: number }
  /** It is the same in other words, such as `4M` as `4194304`. */
  | { readonly kind: 'sameNumber' }
  | { readonly kind: 'other' };
