/** What somebody who migrates a file has to know about a line of it. */
export interface MigrationNote {
  /** From 1, of the file that was migrated. */
  readonly line: number;
  /** `warning` where something gets lost or is not the same any more. */
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** A note before its line is known. */
export type Remark = Omit<MigrationNote, 'line'>;

export const info = (text: string): Remark => ({ level: 'info', text });
export const warning = (text: string): Remark => ({ level: 'warning', text });
