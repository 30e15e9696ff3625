import type { CommandArgument, DoubleQuotedPart, Word, WordPart } from 'unbash';

/** A word of a command: what the program would be given, as far as it can be told without running anything. */
export interface ShellWord {
  readonly text: string;
  /** A part of it would be replaced, such as `$HOME`; it stands in `text` as it was written. */
  readonly expands: boolean;
  /** It would be replaced as a whole, by any number of words. */
  readonly splits: boolean;
}

const isAll = (part: WordPart | undefined): boolean =>
  part !== undefined &&
  (part.type === 'SimpleExpansion'
    ? part.text === '$@'
    : part.type === 'ParameterExpansion' && (part.parameter === '@' || part.index?.text === '@'));

const isAllQuoted = ({ parts }: DoubleQuotedPart): boolean => parts.some(isAll);

const expandsPart = (part: WordPart): boolean => {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return false;
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.some(expandsPart);
    default:
      return true;
  }
};

/** Whether a word that begins so may become none or several. */
const splitsPart = (part: WordPart | undefined): boolean => {
  switch (part?.type) {
    case 'SimpleExpansion':
    case 'ParameterExpansion':
    case 'CommandExpansion':
      return true;
    case 'DoubleQuoted':
      return isAllQuoted(part);
    default:
      return false;
  }
};

const wordOf = ({ value, text, parts = [] }: Word): ShellWord => ({
  text: value,
  expands: parts.some(expandsPart) || text.startsWith('~'),
  splits: splitsPart(parts[0]),
});

/** A word in the place of an argument. One that looks like an assignment is a word there, too. */
export const argumentOf = (argument: CommandArgument): ShellWord =>
  argument.type === 'Word' ? wordOf(argument) : { text: argument.text, expands: false, splits: false };

/** A word as a shell takes it back. */
export const quoteForShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
