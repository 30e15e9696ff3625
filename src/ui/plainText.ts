import { nameOf } from '../machines/reference.ts';

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

/** The name of a machine or an image, by its reference, as such a text. */
export const shownName = (id: string, limit: number): string => plainText(nameOf(id), limit);

const unprintableButLines = /[^\P{Cc}\n\t]|[\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu;

/** The same for a whole document: lines and tabs stay. */
export const plainLines = (text: string): string =>
  text.replace(/\r\n?/gu, '\n').replace(escapeSequence, '').replace(unprintableButLines, '\u{fffd}');

/** Whether a text is nothing but the name of a D-Bus error, such as `org.freedesktop.DBus.Error.Disconnected`. */
export const isErrorName = (text: string): boolean => /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}$/u.test(text.trim());

// VS Code turns `[text](command:…)` into a link and `$(name)` into an icon in many places where an extension hands it a text,
// with no way to say that the text is plain. Names of images, groups and processes hold whatever their maker liked. A blank
// takes the meaning away; a backslash would not, because hovers read markdown, where the text may bring a second one.

/** For a notification: nothing in it becomes a link. */
export const withoutLinks = (text: string): string => text.replaceAll('](', '] (');

/** For a question, the status bar and the name of a terminal: nothing in it becomes a link or an icon. */
export const inertText = (text: string): string => withoutLinks(text).replaceAll('$(', '$ (');
