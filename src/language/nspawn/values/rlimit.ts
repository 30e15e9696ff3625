import * as l10n from '@vscode/l10n';
import type { RlimitUnit, ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { extractFirstWord, type Word, wordAt } from './extractWord.ts';
import { octalNumber, octalProblems } from './numberRules.ts';
import { parseLimit } from './parseLimit.ts';
import { fixesForLimit, limitForm, limitSuggestions } from './limitForms.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'rlimit' }>;

const invalidLimit: RuleInfo = {
  id: 'invalid-limit',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A limit is a value of its kind, or two of them with a colon between: soft and hard'),
};

const softAboveHard: RuleInfo = {
  id: 'soft-limit-above-hard',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('The soft limit is at most the hard one'),
};

const colons = { separators: ':', emptyWords: true } as const;

type Part = { readonly limit: bigint } | { readonly problem: ValueProblem };

const readPart = (value: string, word: Word, unit: RlimitUnit, at: ValueContext): Part => {
  const read = parseLimit(word.text, unit, at.context);
  if ('value' in read) return { limit: read.value };
  // Where the word stands in the value as it is, the place in it is known as well.
  const asWritten = value.slice(word.start, word.end) === word.text;
  const span = asWritten && read.start < word.text.length ? { start: word.start + read.start, end: word.end } : word;
  const what =
    word.text === ''
      ? l10n.t('A limit is missing here, so the line is ignored.')
      : read.failure === 'range'
        ? l10n.t`${shown(word.text)} is out of range, so the line is ignored.`
        : l10n.t`${shown(word.text)} is no limit of this kind, so the line is ignored.`;
  return {
    problem: ruleProblem(
      invalidLimit,
      span,
      `${what} ${l10n.t`A limit here takes ${limitForm(unit)}.`}`,
      fixesForLimit(word, unit, at.context),
    ),
  };
};

/** rlimit_parse() of systemd (basic/rlimit-util.c). */
const check = (value: string, { unit }: Type, at: ValueContext): readonly ValueProblem[] => {
  const first = extractFirstWord(value, 0, colons);
  if (first.word === undefined) return failure(value, first);
  const soft = readPart(value, first.word, unit, at);
  const advice = (word: Word): readonly ValueProblem[] =>
    unit === 'count' || unit === 'nice' ? octalProblems(word.text, word) : [];
  if (first.next === undefined) return 'problem' in soft ? [soft.problem] : advice(first.word);
  const second = extractFirstWord(value, first.next, colons);
  if (second.word === undefined) return 'problem' in soft ? [soft.problem] : failure(value, second);
  const hard = readPart(value, second.word, unit, at);
  if ('problem' in soft || 'problem' in hard)
    return [soft, hard].flatMap((part) => ('problem' in part ? [part.problem] : []));
  if (second.next !== undefined && second.next < value.length)
    return [
      ruleProblem(
        invalidLimit,
        { start: second.next - 1, end: value.length },
        l10n.t('There are two limits at most, the soft and the hard one, so the line is ignored.'),
      ),
    ];
  if (soft.limit <= hard.limit) return [...advice(first.word), ...advice(second.word)];
  const both = { start: first.word.start, end: second.word.end };
  const swapped = [second.word, first.word].map(({ start, end }) => value.slice(start, end)).join(':');
  return [
    ruleProblem(
      softAboveHard,
      both,
      l10n.t('The soft limit stands before the colon and is at most the hard one behind it; the line is ignored.'),
      [replaceFix(l10n.t('Swap the two'), both, swapped)],
    ),
  ];
};

const failure = (value: string, read: ReturnType<typeof extractFirstWord>): readonly ValueProblem[] =>
  read.failure === undefined ? [] : [wordFailureProblem(value, read.failure, l10n.t('The line is ignored.'))];

/** config_parse_rlimit() of systemd. */
export const rlimitKind: ValueKind<Type> = {
  rules: [invalidLimit, softAboveHard, octalNumber, emptyValue, trailingBackslash, commentAfterValue],
  problems: (value, type, at) =>
    value === ''
      ? [emptyValueProblem(at, limitForm(type.unit))]
      : withCommonMistakes(value, (text) => check(text, type, at)),
  suggestions: (value, offset, { unit }) => limitSuggestions(value, wordAt(value, offset, ':'), offset, unit),
  form: ({ unit }) => l10n.t`\`LIMIT\` or \`SOFT:HARD\`, each ${limitForm(unit)}`,
  snippet: ({ unit }) => {
    const example = { bytes: '1G', count: '1024', seconds: '60', microseconds: '100ms', nice: '20' }[unit];
    return `\${1:${example}}`;
  },
};
