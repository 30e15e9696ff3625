import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean } from './didYouMean.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';
import type { Suggestion } from '../../vocabulary.ts';

type Type = Extract<ValueType, { readonly kind: 'boolean' }>;

const trueWords: ReadonlySet<string> = new Set(['1', 'yes', 'y', 'true', 't', 'on']);
const falseWords: ReadonlySet<string> = new Set(['0', 'no', 'n', 'false', 'f', 'off']);

/** parse_boolean() of systemd (basic/parse-util.c): any case, of ASCII letters only. Undefined for other words. */
export const parseBoolean = (word: string): boolean | undefined => {
  // Some letters outside ASCII, such as the Kelvin sign, have an ASCII letter as their lower case.
  if (word.length > 5 || !/^[01A-Za-z]+$/u.test(word)) return undefined;
  const lower = word.toLowerCase();
  return trueWords.has(lower) ? true : falseWords.has(lower) ? false : undefined;
};

const invalidBoolean: RuleInfo = {
  id: 'invalid-boolean',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('Yes and no are written as one of twelve words'),
};

const longWords: readonly string[] = ['yes', 'no', 'true', 'false', 'on', 'off'];

const fixesFor = (value: string): readonly ValueFix[] => {
  const word = { start: 0, end: value.length };
  if (/^enabled?$/iu.test(value)) return [replaceFix(l10n.t('Write yes'), word, 'yes', true)];
  if (/^disabled?$/iu.test(value)) return [replaceFix(l10n.t('Write no'), word, 'no', true)];
  return didYouMean(value, longWords, word);
};

const checkBoolean = (value: string): readonly ValueProblem[] =>
  parseBoolean(value) !== undefined
    ? []
    : [
        ruleProblem(
          invalidBoolean,
          { start: 0, end: value.length },
          l10n.t`${shown(value)} is neither yes nor no, so the line is ignored: \`yes\`, \`true\`, \`on\`, \`1\`, \`no\`, \`false\`, \`off\` and \`0\` are taken, in any case.`,
          fixesFor(value),
        ),
      ];

/** Judges what must be yes or no and may not be empty. */
export const booleanProblems = (value: string): readonly ValueProblem[] => withCommonMistakes(value, checkBoolean);

export const booleanRules: readonly RuleInfo[] = [invalidBoolean, emptyValue, commentAfterValue];

export const booleanSuggestions = (value: string): readonly Suggestion[] =>
  longWords.map((text) => ({
    text,
    start: 0,
    end: value.length,
    ...(text === 'yes' || text === 'no' ? {} : { rare: true }),
  }));

/** config_parse_tristate(), config_parse_bool() and config_parse_userns_chown() of systemd. */
export const booleanKind: ValueKind<Type> = {
  rules: booleanRules,
  problems: (value, type, at) => {
    if (value !== '') return booleanProblems(value);
    // What takes an empty value as "not set" does so since version 249.
    return type.empty === 'reset' && at.context.systemdVersion >= 249
      ? []
      : [emptyValueProblem(at, l10n.t('`yes` or `no`'))];
  },
  suggestions: booleanSuggestions,
  form: () => l10n.t('`yes` or `no`'),
  snippet: () => '${1|yes,no|}',
};
