// An escape sequence of a terminal: CSI, OSC, or a single character. What is left of a broken one falls to the next rule.
const escape = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);
const escapeSequence = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)|[ -/]*[0-~])`,
  'gu',
);
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * Text from a tool or a container as one line that cannot mislead: no escape sequences, no line ends, nothing that turns
 * the direction of writing, and at most `limit` characters. Nor a link: VS Code makes one of `[text](command:…)` in any
 * notification and runs that command on a click, whoever wrote it.
 */
export const plainText = (text: string, limit: number): string => {
  const line = text
    .replace(escapeSequence, '')
    .replace(unprintable, ' ')
    .replace(/\s+/gu, ' ')
    .replaceAll('](', '] (')
    .trim();
  const characters = Array.from(line);
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
};

const unprintableButLines = /[^\P{Cc}\n\t]|[\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu;

/** The same for a whole document: lines and tabs stay. */
export const plainLines = (text: string): string =>
  text.replace(/\r\n?/gu, '\n').replace(escapeSequence, '').replace(unprintableButLines, '\u{fffd}');
