import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { booleanProblems, booleanRules, booleanSuggestions } from './boolean.ts';
import { emptyValueProblem } from './emptyValue.ts';
import type { ValueKind } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'startMode' }>;

/** config_parse_boot() and config_parse_pid2() of systemd; that the first of the two wins is a rule across lines. */
export const startModeKind: ValueKind<Type> = {
  rules: booleanRules,
  problems: (value, _type, at) =>
    value === '' ? [emptyValueProblem(at, l10n.t('`yes` or `no`'))] : booleanProblems(value),
  suggestions: booleanSuggestions,
  form: () => l10n.t('`yes` or `no`'),
  snippet: () => '${1|yes,no|}',
};
