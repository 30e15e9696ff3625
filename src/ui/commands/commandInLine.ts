/**
 * A command that was pasted into a box of one line, where line ends have become blanks: the backslashes that continued the
 * lines would now quote those blanks.
 */
export const commandInLine = (text: string): string => text.replace(/(?<=^|\s)\\\s+/gu, '').replace(/\s+$/u, '');
