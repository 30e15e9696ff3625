import type { Entry } from '../../document.ts';
import type { Remark } from './migrationNote.ts';

/** A file of cgroup v2 with what is to be written to it. */
export interface V2Setting {
  readonly controller: string;
  readonly key: string;
  /** One line for each write. */
  readonly value: string;
  /** What it was made of; it stands where the first of them stood. */
  readonly from: readonly [Entry, ...Entry[]];
  readonly remarks: readonly Remark[];
}

/** A setting that nothing of cgroup v2 takes the place of. */
export interface LostSetting {
  readonly entry: Entry;
  readonly remark: Remark;
}

export type Converted =
  | { readonly kind: 'set'; readonly key: string; readonly value: string; readonly remarks: readonly Remark[] }
  | { readonly kind: 'lost'; readonly remark: Remark };

export const becomes = (key: string, value: string, ...remarks: readonly Remark[]): Converted => ({
  kind: 'set',
  key,
  value,
  remarks,
});
export const isLost = (remark: Remark): Converted => ({ kind: 'lost', remark });
