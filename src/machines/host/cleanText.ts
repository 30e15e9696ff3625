/**
 * Text that a container or a file of it has given, made safe to show: control characters, invisible formatting (which can
 * reorder or hide a line) and lone surrogates are dropped, and the length is capped.
 */
export const cleanText = (text: string, maxLength = 256): string =>
  text
    .slice(0, maxLength * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .slice(0, maxLength)
    .trim();
