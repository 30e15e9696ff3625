import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { invalidNumber, withOctalHint, octalNumber, octalProblems } from './numberRules.ts';
import { parseInt32 } from './parseNumber.ts';
import { ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'integer' }>;

const check = (value: string, { min, max }: Type, { context }: ValueContext): readonly ValueProblem[] => {
  const span = { start: 0, end: value.length };
  const number = parseInt32(value, context);
  if (typeof number === 'number' && number >= min && number <= max) return octalProblems(value, span);
  const message =
    number === 'syntax'
      ? withOctalHint(
          l10n.t`${shown(value)} is no whole number, so the line is ignored: it takes one from ${min} to ${max}.`,
          value,
        )
      : l10n.t`${shown(value)} is outside of the range, so the line is ignored: it takes a whole number from ${min} to ${max}.`;
  return [ruleProblem(invalidNumber, span, message)];
};

/** config_parse_oom_score_adjust() of systemd. */
export const integerKind: ValueKind<Type> = {
  rules: [invalidNumber, octalNumber, emptyValue, commentAfterValue],
  problems: (value, type, at) => {
    if (value !== '') return withCommonMistakes(value, (text) => check(text, type, at));
    return type.empty === 'reset' ? [] : [emptyValueProblem(at, l10n.t`a number from ${type.min} to ${type.max}`)];
  },
  suggestions: () => [],
  form: ({ min, max }) => l10n.t`a whole number from ${min} to ${max}`,
  snippet: () => '${1:0}',
};
