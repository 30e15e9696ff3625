import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { invalidNumber, withOctalHint, octalNumber, octalProblems } from './numberRules.ts';
import { parseUint32 } from './parseNumber.ts';
import { ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'unsigned' }>;

const check = (value: string, { context }: ValueContext): readonly ValueProblem[] => {
  const span = { start: 0, end: value.length };
  const number = parseUint32(value, context);
  if (typeof number === 'number') return octalProblems(value, span);
  const message =
    number === 'syntax'
      ? withOctalHint(
          l10n.t`${shown(value)} is no whole number, so the line is ignored: it takes one from 0 to 4294967295.`,
          value,
        )
      : l10n.t`${shown(value)} is outside of the range, so the line is ignored: it takes a whole number from 0 to 4294967295.`;
  return [ruleProblem(invalidNumber, span, message)];
};

/** config_parse_unsigned() of systemd. */
export const unsignedKind: ValueKind<Type> = {
  rules: [invalidNumber, octalNumber, emptyValue, commentAfterValue],
  problems: (value, _type, at) =>
    value === '' ? [emptyValueProblem(at, l10n.t('a number'))] : withCommonMistakes(value, (text) => check(text, at)),
  suggestions: () => [],
  form: () => l10n.t('a whole number'),
  snippet: () => '${1:0}',
};
