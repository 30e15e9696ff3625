import { plainText } from './plainText.ts';
import type { Opinion, OpinionMessage } from '../machines/configFile.ts';

/** A message of systemd-nspawn, and where in the text it is shown. Lines and characters are counted from 0. */
export interface OpinionMark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Because of this the machine would not start; anything else is left out. */
  readonly refuses: boolean;
}

const longestMessage = 500;

/**
 * The messages in the order in which they came. What is said of the whole file is shown on its first line. systemd-nspawn
 * stops at what it refuses, so that is its last word; where it has none, `silence` stands for it, in its line.
 */
export const opinionMarks = (
  { messages, taken }: Opinion,
  lines: readonly string[],
  silence: OpinionMessage,
): readonly OpinionMark[] => {
  const said = messages.length === 0 && !taken ? [silence] : messages;
  return said.map(({ line: number = 1, text }, index) => {
    // Of a setting over several lines, systemd-nspawn names the last, which may be the empty one at the end of the text.
    const line = Math.max(0, Math.min(number, lines.length) - 1);
    const written = lines[line] ?? '';
    return {
      line,
      start: written.length - written.trimStart().length,
      end: written.trimEnd().length,
      text: plainText(text, longestMessage),
      refuses: !taken && index === said.length - 1,
    };
  });
};
