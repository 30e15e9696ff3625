/** What could not be put into the result of a conversion, or has to be looked at. */
export interface ConversionNote {
  /** The option, word or line that it is about, as it was written. */
  readonly about: string;
  readonly text: string;
  /** Further lines, such as the ways that there are. */
  readonly more?: readonly string[];
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

/** What a reader of the result has to know, as lines for a comment: whatever was written, none of them goes over its end. */
export const noteComments = (notes: readonly ConversionNote[]): readonly string[] =>
  notes.flatMap(({ about, text, more = [] }) => [
    oneLine(`${about}: ${text}`),
    ...more.map((line) => oneLine(`  ${line}`)),
  ]);
