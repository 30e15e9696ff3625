import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { Span } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue } from './commonMistakes.ts';
import type { Word } from './extractWord.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';
import { backslashProblems, commentWord, literalBackslash, strvProblems, strvWords } from './words.ts';
import { unbalancedQuote } from './wordRules.ts';

type Type = Extract<ValueType, { readonly kind: 'environment' }>;

const notAnAssignment: RuleInfo = {
  id: 'environment-without-value',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('Every word of Environment= is NAME=VALUE, and one with blanks stands in quotes as a whole'),
};

const oddName: RuleInfo = {
  id: 'environment-name',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A variable name has letters, digits and _ and does not begin with a digit'),
};

const forNspawn: RuleInfo = {
  id: 'environment-for-nspawn',
  severity: 'info',
  effect: 'none',
  title: l10n.t('Variables of systemd-nspawn itself do not stand in Environment='),
};

const quotedAsWhole = (text: string): string => {
  const quote = text.includes('"') ? "'" : '"';
  return `${quote}${text}${quote}`;
};

/** The words from an assignment on to the last one without `=`, as one quoted word. */
const quoteFix = (value: string, words: readonly Word[], at: number): readonly ValueFix[] => {
  const first = words[at - 1];
  if (first === undefined) return [];
  let to = at;
  while (words[to + 1]?.text.includes('=') === false) to++;
  const span = { start: first.start, end: words[to]?.end ?? first.end };
  const text = value.slice(span.start, span.end);
  return /["'\\]/u.test(text) ? [] : [replaceFix(l10n.t('Put the assignment in quotes'), span, quotedAsWhole(text))];
};

/** Where the name stands, behind a quote if there is one. */
const nameSpan = (value: string, { start, end }: Word, name: string): Span => {
  const at = value.slice(start, end).indexOf(name);
  return at < 0 ? { start, end } : { start: start + at, end: start + at + name.length };
};

const wordProblems = (value: string, words: readonly Word[]): readonly ValueProblem[] => {
  const problems: ValueProblem[] = [];
  words.forEach((word, at) => {
    const equals = word.text.indexOf('=');
    const name = word.text.slice(0, Math.max(0, equals));
    if (equals <= 0)
      problems.push(
        ruleProblem(
          notAnAssignment,
          word,
          equals === 0
            ? l10n.t`${shown(word.text)} has no name before its =, so it sets nothing.`
            : l10n.t`${shown(word.text)} is no NAME=VALUE, so it sets nothing; a value with blanks stands in quotes together with its name: "NAME=a b".`,
          // One finding can put the quotes around all of them.
          equals === 0 || words[at - 1]?.text.includes('=') !== true ? [] : quoteFix(value, words, at),
        ),
      );
    else if (name.startsWith('SYSTEMD_NSPAWN_'))
      problems.push(
        ruleProblem(
          forNspawn,
          nameSpan(value, word, name),
          l10n.t`${shown(name)} is for systemd-nspawn itself, and here only the program in the machine gets it: add Environment=${name}=… to [Service] with systemctl edit systemd-nspawn@NAME.service.`,
        ),
      );
    else if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(name))
      problems.push(
        ruleProblem(
          oddName,
          nameSpan(value, word, name),
          l10n.t`${shown(name)} is passed on, but shells take only letters, digits and _ in the name of a variable, with no digit first.`,
        ),
      );
  });
  return problems;
};

/** config_parse_strv() of systemd. It takes any word; what is no assignment only lies about in the environment. */
export const environmentKind: ValueKind<Type> = {
  rules: [unbalancedQuote, commentAfterValue, literalBackslash, notAnAssignment, oddName, forNspawn],
  problems: (value, _type, at) => {
    const words = strvWords(value);
    const comment = words.failure === undefined ? commentWord(value, words.words, 0) : undefined;
    const judged = words.failure === undefined ? words.words : [];
    return [
      ...strvProblems(value, words, at),
      ...wordProblems(
        value,
        judged.filter(({ start }) => comment === undefined || start < comment.start),
      ),
      ...backslashProblems(value),
    ];
  },
  suggestions: () => [],
  form: () => l10n.t('`NAME=VALUE …`, with `"NAME=a b"` where a value holds blanks'),
  snippet: () => '${1:NAME}=${2:value}',
};
