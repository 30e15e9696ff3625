import * as l10n from '@vscode/l10n';

const longest = 40;

/** The beginning of what may be as long as the file; many findings can be about one name. */
export const shortened = (text: string, most = longest): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;

/** A word of the user's as a message shows it: in backticks, cut, and with a stand-in for what cannot be shown. */
export const shown = (text: string, most?: number): string => {
  const cut = shortened(text, most);
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

/** A path of the host as a message shows it, with the name at its end unless it is very long. */
export const shownPath = (path: string): string => shown(path, 160);
