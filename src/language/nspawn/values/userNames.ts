import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { extractWords, wordAt } from './extractWord.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'userNames' }>;

const invalidUserName: RuleInfo = {
  id: 'invalid-user-name',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A user is bound by a name of letters, digits, _ and -'),
};
const systemUser: RuleInfo = {
  id: 'bind-user-not-supported',
  severity: 'error',
  effect: 'start-refused',
  title: l10n.t('The users root and nobody cannot be bound, as every machine has its own'),
};

/** valid_user_group_name() of systemd (basic/user-util.c) without flags. */
const isUserName = (name: string): boolean => /^[A-Za-z_][\w-]{0,30}$/u.test(name);

const commaFix = (text: string, start: number, end: number): readonly ValueFix[] =>
  text.includes(',') && text.split(',').every((name) => name === '' || isUserName(name))
    ? [replaceFix(l10n.t('Separate them with blanks'), { start, end }, text.replaceAll(/,+/gu, ' ').trim(), true)]
    : [];

const check = (value: string): readonly ValueProblem[] => {
  const { words, failure } = extractWords(value, {});
  const problems: ValueProblem[] = [];
  for (const word of words) {
    const { text, start, end } = word;
    if (!isUserName(text)) {
      const message =
        end < value.length
          ? l10n.t`${shown(text)} is ignored, and so is the rest of the line: the name of a user begins with a letter or _, and has at most 31 letters, digits, _ and -.`
          : l10n.t`${shown(text)} is ignored: the name of a user begins with a letter or _, and has at most 31 letters, digits, _ and -.`;
      return [
        ...problems,
        ruleProblem(invalidUserName, { start, end: value.length }, message, commaFix(text, start, end)),
      ];
    }
    if (text === 'root' || text === 'nobody')
      problems.push(
        ruleProblem(systemUser, word, l10n.t`The user ${text} cannot be bound, and the machine does not start.`),
      );
  }
  return failure === undefined
    ? problems
    : [...problems, wordFailureProblem(value, failure, l10n.t('What stands from here on is ignored.'))];
};

/** config_parse_bind_user() of systemd (nspawn/nspawn-settings.c), and what bind_user_prepare() refuses by name. */
export const userNamesKind: ValueKind<Type> = {
  rules: [invalidUserName, systemUser, trailingBackslash, commentAfterValue],
  problems: (value) => withCommonMistakes(value, check),
  suggestions: () => [],
  wishes: (value, offset) => [{ object: 'hostUser', ...wordAt(value, offset) }],
  form: () => l10n.t('`USER …` of the host'),
  snippet: () => '${1:user}',
};
