import type { Span } from './document.ts';

/** A path of the host that a text names. */
export interface HostPath extends Span {
  /** Absolute, without the escapes of the text. */
  readonly path: string;
}
