import type { Finding } from '../../src/language/finding.ts';

/** Something on which we and the real tool are not of one mind. */
export interface Difference {
  readonly kind: 'line' | 'file' | 'verify' | 'trust';
  readonly line?: number;
  /** The settings of which one says that they are left out. */
  readonly about?: string;
  /** Who speaks up while the other is silent. */
  readonly only: 'real' | 'ours';
  readonly findings: readonly Finding[];
}
