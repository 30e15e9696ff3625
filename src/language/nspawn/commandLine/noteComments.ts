import type { ConversionNote } from './settingsFromCommand.ts';

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

/** What a reader of the result has to know, as lines for a comment: whatever was written, none of them goes over its end. */
export const noteComments = (notes: readonly ConversionNote[]): readonly string[] =>
  notes.map(({ about, text }) => oneLine(`${about}: ${text}`));
