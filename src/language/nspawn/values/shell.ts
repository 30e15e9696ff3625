import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean } from './didYouMean.ts';
import { parseBoolean } from './boolean.ts';
import { faultOfNormalized, isAbsolutePath } from './pathChecks.ts';
import { faultProblem, pathAdvice } from './pathField.ts';
import { normalizedPathRules } from './pathRules.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'shell' }>;

const invalidShell: RuleInfo = {
  id: 'invalid-shell',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A shell is an absolute path, or yes for the one that the user has on the host'),
};

const shells: readonly string[] = ['/bin/bash', '/bin/sh', '/usr/bin/zsh', '/usr/bin/fish', '/bin/dash'];

const check = (value: string): readonly ValueProblem[] => {
  const span = { start: 0, end: value.length };
  if (isAbsolutePath(value)) {
    const field = { ...span, value, text: value, name: l10n.t('the path'), escaped: false };
    const fault = faultOfNormalized(value);
    return fault === undefined ? pathAdvice(field) : [faultProblem(field, fault)];
  }
  if (parseBoolean(value) !== undefined) return [];
  const message = l10n.t`${shown(value)} is neither an absolute path nor yes or no.`;
  const known = shells.find((shell) => shell.endsWith(`/${value}`));
  const fixes =
    known === undefined
      ? didYouMean(value, ['yes', 'no'], span)
      : [replaceFix(l10n.t`Change to ${known}`, span, known)];
  return [ruleProblem(invalidShell, span, message, fixes)];
};

/** config_parse_bind_user_shell() of systemd (nspawn/nspawn-settings.c) and parse_user_shell() (basic/parse-util.c). */
export const shellKind: ValueKind<Type> = {
  rules: [invalidShell, commentAfterValue, ...normalizedPathRules],
  problems: (value) => (value === '' ? [] : withCommonMistakes(value, check)),
  suggestions: (value) => {
    const span = { start: 0, end: value.length };
    return [
      { ...span, text: 'yes', detail: l10n.t('the shell that the user has on the host') },
      { ...span, text: 'no', detail: l10n.t('the default shell (the default)') },
      ...shells.map((text) => ({ ...span, text })),
    ];
  },
  wishes: (value) => [{ object: 'imagePath', start: 0, end: value.length }],
  form: () => l10n.t('`/PATH` in the machine, `yes` or `no`'),
  snippet: () => '${1:/bin/bash}',
};
