import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { Span } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, commentProblem } from './commonMistakes.ts';
import { extractWords, type Word, type Words } from './extractWord.ts';
import { commaInName, commaProblems } from './interfaceNameFault.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';
import { unbalancedQuote, wordFailureProblem } from './wordRules.ts';

type Type = Extract<ValueType, { readonly kind: 'words' }>;

export const literalBackslash: RuleInfo = {
  id: 'literal-backslash',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A backslash is an ordinary character here and takes no meaning from the next one'),
};

/** How config_parse_strv() of systemd takes words apart (shared/conf-parser.c). */
export const strvWords = (value: string): Words => extractWords(value, { unquote: true, retainEscape: true });

/** A word that begins with `#`, with whatever follows it; only where it is a word of its own is it likely a comment. */
export const commentWord = (value: string, words: readonly Word[], failureStart: number): Span | undefined => {
  const first = words.find(({ start, text }, at) => at > 0 && value.charAt(start) === '#' && text === '#');
  if (first !== undefined) return { start: first.start, end: value.length };
  // The words behind an open quote are not known, but a comment with an apostrophe is.
  const before = value.slice(0, failureStart);
  const behindQuotes = Math.max(before.lastIndexOf('"'), before.lastIndexOf("'")) + 1;
  const open = before.slice(behindQuotes).search(/[ \t]#/u);
  return open < 0 ? undefined : { start: behindQuotes + open, end: value.length };
};

/** Up to version 256 the words before an open quote count, later ones none. */
const ignoredWith = ({ context }: ValueContext): string =>
  context.systemdVersion >= 257 ? l10n.t('The line is ignored.') : l10n.t('What stands from here on is ignored.');

/** What is wrong with the quotes of a value, or with a comment behind it. */
export const strvProblems = (value: string, words: Words, at: ValueContext): readonly ValueProblem[] => {
  const { failure } = words;
  if (failure !== undefined) {
    const comment = commentWord(value, [], failure.start);
    return comment === undefined
      ? [wordFailureProblem(value, failure, ignoredWith(at))]
      : [commentProblem(value, comment, 'ignored')];
  }
  const comment = commentWord(value, words.words, 0);
  return comment === undefined ? [] : [commentProblem(value, comment, 'none')];
};

/** Where a backslash stands that was probably meant to keep a blank or a quote. */
export const backslashProblems = (value: string): readonly ValueProblem[] => {
  const at = value.search(/\\[ \t"']/u);
  return at < 0
    ? []
    : [
        ruleProblem(
          literalBackslash,
          { start: at, end: at + 2 },
          l10n.t(
            'A backslash keeps nothing here, it is passed on as it is: put the word in quotes, of the other kind if it holds one.',
          ),
        ),
      ];
};

const oneWord: RuleInfo = {
  id: 'parameters-one-word',
  severity: 'info',
  effect: 'none',
  title: l10n.t('Quotes around all of Parameters= make one word of it'),
};

/** Quotes around a whole command, as a shell's -c or other formats want them. */
const oneWordProblems = (value: string, { words, failure }: Words): readonly ValueProblem[] => {
  const [word] = words;
  const inner = /^(["'])([^"'\\]*)\1$/u.exec(value)?.[2];
  if (failure !== undefined || words.length !== 1 || word === undefined || inner === undefined) return [];
  if (!/\S[ \t]+\S/u.test(inner)) return [];
  return [
    ruleProblem(
      oneWord,
      word,
      l10n.t('The quotes make one word of this: a program is looked for whose name has the blanks in it.'),
      [replaceFix(l10n.t('Remove the quotes'), { start: 0, end: value.length }, inner)],
    ),
  ];
};

/** Words for the program: Parameters=, and the interface lists of older versions. */
export const wordsKind: ValueKind<Type> = {
  rules: [unbalancedQuote, commentAfterValue, literalBackslash, oneWord, commaInName],
  problems: (value, _type, at) => {
    const words = strvWords(value);
    return [
      ...strvProblems(value, words, at),
      ...backslashProblems(value),
      ...(at.directive.section === 'Network'
        ? words.words.flatMap((word) => commaProblems(word.text, word, true))
        : oneWordProblems(value, words)),
    ];
  },
  suggestions: () => [],
  form: () => l10n.t('`WORD WORD …`, with `"…"` or `\'…\'` around a word that holds blanks'),
  snippet: () => '$1',
};
