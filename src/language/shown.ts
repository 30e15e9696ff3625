import * as l10n from '@vscode/l10n';

const longest = 40;
const longestPath = 160;

const cutAt = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** The beginning of what may be as long as the file; many findings can be about one name. */
export const shortened = (text: string): string => cutAt(text, longest);

/** In backticks, with a stand-in for what cannot be shown. */
const ticked = (text: string): string =>
  // Nearly every word is of such characters, and to look up classes of characters takes longer than all else of a finding.
  /[^ -~]/u.test(text) ? `\`${text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�')}\`` : `\`${text}\``;

/** A word of the user's as a message shows it: in backticks, cut, and with a stand-in for what cannot be shown. */
export const shown = (text: string): string => ticked(shortened(text));

/** A path of the host in the same way, whose end tells more than that of a word. */
export const shownPath = (path: string): string => ticked(cutAt(path, longestPath));

/** `a, b or c`, each in backticks. */
export const listed = (words: readonly string[]): string => {
  const ticked = words.map((word) => `\`${word}\``);
  const last = ticked.pop() ?? '';
  return ticked.length === 0 ? last : l10n.t`${ticked.join(', ')} or ${last}`;
};

/** `a, b and c`, as they are. */
export const inSeries = (words: readonly string[]): string => {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : l10n.t`${words.slice(0, -1).join(', ')} and ${last}`;
};
