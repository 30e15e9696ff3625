import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { faultOfSimplified } from './pathChecks.ts';
import { absoluteProblem, faultProblem, pathAdvice, wholeValue } from './pathField.ts';
import { normalizedPathRules } from './pathRules.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'absolutePath' }>;

/** Whether it is a path of the host; the others are paths in the machine. */
const isHostPath = ({ directive }: ValueContext): boolean => directive.name === 'NamespacePath';

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const field = wholeValue(value);
  const relative = absoluteProblem(field);
  if (relative !== undefined) return [relative];
  const fault = faultOfSimplified(value, systemdVersion);
  return fault === undefined ? pathAdvice(field) : [faultProblem(field, fault)];
};

/** config_parse_path() of systemd (shared/conf-parser.c). */
export const absolutePathKind: ValueKind<Type> = {
  rules: [emptyValue, commentAfterValue, ...normalizedPathRules],
  problems: (value, type, at) => {
    if (value === '') return type.empty === 'reset' ? [] : [emptyValueProblem(at, l10n.t('an absolute path'))];
    return withCommonMistakes(value, (path) => check(path, at.context.systemdVersion));
  },
  suggestions: () => [],
  wishes: (value, _offset, _type, at) => [
    { object: isHostPath(at) ? 'path' : 'imagePath', start: 0, end: value.length },
  ],
  form: (_type, at) => (isHostPath(at) ? l10n.t('`/PATH` on the host') : l10n.t('`/PATH` in the machine')),
  snippet: (_type, at) => (isHostPath(at) ? '${1:/run/netns/name}' : '${1:/path}'),
};
