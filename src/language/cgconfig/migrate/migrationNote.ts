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

/** On one line, whatever was written: it becomes a comment, which must not go over its end. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

export const info = (text: string): Remark => ({ level: 'info', text: oneLine(text) });
export const warning = (text: string): Remark => ({ level: 'warning', text: oneLine(text) });
