import type { ValueType } from '../../schema/types.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { invalidNumber, octalHint, octalNumber, octalProblems } from './numberRules.ts';
import { parseUint32 } from './parseNumber.ts';
import { ruleProblem } from './ruleProblem.ts';
import { shown } from './shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'unsigned' }>;

const check = (value: string, { context }: ValueContext): readonly ValueProblem[] => {
  const span = { start: 0, end: value.length };
  const number = parseUint32(value, context);
  if (typeof number === 'number') return octalProblems(value, span);
  const why = number === 'syntax' ? `is no whole number.${octalHint(value)}` : 'is outside the range.';
  return [
    ruleProblem(
      invalidNumber,
      span,
      `${shown(value)} ${why} The line is ignored: it takes a whole number from 0 to 4294967295.`,
    ),
  ];
};

/** config_parse_unsigned() of systemd. */
export const unsignedKind: ValueKind<Type> = {
  rules: [invalidNumber, octalNumber, emptyValue, commentAfterValue],
  problems: (value, _type, at) =>
    value === '' ? [emptyValueProblem(at, 'a number')] : withCommonMistakes(value, (text) => check(text, at)),
  suggestions: () => [],
  form: () => 'a whole number',
  snippet: () => '${1:0}',
};
