import type { MigrationNote } from '../../../protocol/migration.ts';

/** A note before its line is known. */
export type Remark = Omit<MigrationNote, 'line'>;

/** On one line, whatever was written: it becomes a comment, which must not go over its end. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

export const info = (text: string): Remark => ({ level: 'info', text: oneLine(text) });
export const warning = (text: string): Remark => ({ level: 'warning', text: oneLine(text) });
