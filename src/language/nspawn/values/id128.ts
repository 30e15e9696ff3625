import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'id128' }>;

const invalidId: RuleInfo = {
  id: 'invalid-machine-id',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A machine ID is 32 hexadecimal digits or a UUID, and not all zeros'),
};

const form = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/iu;
const urn = /^urn:uuid:(?=.{36}$)/iu;

const fixesFor = (value: string): readonly ValueFix[] => {
  const digits = value.replace(/^urn:uuid:/iu, '').replaceAll(/[-{}() "']/gu, '');
  return /^[0-9a-f]{32}$/iu.test(digits) && !/^0+$/u.test(digits)
    ? [replaceFix(l10n.t('Write the 32 digits alone'), { start: 0, end: value.length }, digits.toLowerCase(), true)]
    : [];
};

const check = (value: string, { context }: ValueContext): readonly ValueProblem[] => {
  // Since version 262 a UUID may be written as a URN.
  const id = context.systemdVersion >= 262 ? value.replace(urn, '') : value;
  const digits = id.replaceAll('-', '');
  if (form.test(id) && !/^0+$/u.test(digits)) return [];
  const id128 = shown(value);
  const message = form.test(id)
    ? l10n.t`${id128} is all zeros, so the line is ignored: it takes 32 hexadecimal digits, or a UUID with its four dashes.`
    : /^[0-9a-f]+$/iu.test(digits)
      ? l10n.t`${id128} has ${digits.length} digits, not 32, or its dashes stand in other places than those of a UUID, so the line is ignored.`
      : l10n.t`${id128} is no machine ID, so the line is ignored: it takes 32 hexadecimal digits, or a UUID with its four dashes.`;
  return [ruleProblem(invalidId, { start: 0, end: value.length }, message, fixesFor(value))];
};

/** config_parse_id128() of systemd. */
export const id128Kind: ValueKind<Type> = {
  rules: [invalidId, emptyValue, commentAfterValue],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyValueProblem(at, l10n.t('32 hexadecimal digits or a UUID'))]
      : withCommonMistakes(value, (text) => check(text, at)),
  suggestions: () => [],
  form: () => l10n.t('32 hexadecimal digits, or a UUID'),
  snippet: () => '${1:00112233445566778899aabbccddeeff}',
};
