import * as l10n from '@vscode/l10n';

const longest = 40;

/** The beginning of what may be as long as the file; many findings can be about one name. */
export const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** A word of the user's as a message shows it: in backticks, cut, and with a stand-in for what cannot be shown. */
export const shown = (text: string): string => {
  const cut = shortened(text);
  // Nearly every word is of such characters, and to look up classes of characters takes longer than all else of a finding.
  if (!/[^ -~]/u.test(cut)) return `\`${cut}\``;
  return `\`${cut.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�')}\``;
};

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
