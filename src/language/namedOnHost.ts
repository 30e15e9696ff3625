import type { Span } from './document.ts';

/** A path of the host that a text names. */
export interface HostPath extends Span {
  /** Absolute, without the escapes of the text. */
  readonly path: string;
}

/** What a text names of the host that it is for. */
export interface HostNames {
  /** Whether it names network interfaces, be it as a bridge. */
  readonly interfaces: boolean;
  /** Absolute paths, each once. */
  readonly paths: readonly string[];
}

/** What was found of that. Of what is not in there nobody knows whether it is there, so nothing is said of it. */
export interface NamedOnHost {
  /** Every network interface; `unknown` for a second name that one may have. Undefined where they cannot be seen. */
  readonly interfaces?: ReadonlyMap<string, 'bridge' | 'other' | 'unknown'>;
  readonly paths: ReadonlyMap<string, 'directory' | 'other' | 'absent'>;
  /** Whether the machine runs: the interfaces that it was given are not on the host then. */
  readonly runs: boolean;
}
