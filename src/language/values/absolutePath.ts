import type { ValueType } from '../../schema/types.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { faultOfSimplified } from './pathChecks.ts';
import { absoluteProblem, faultProblem, pathAdvice, type PathField } from './pathField.ts';
import { normalizedPathRules } from './pathRules.ts';
import type { ValueContext, ValueKind } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'absolutePath' }>;

/** Whether it is a path of the host; the others are paths in the machine. */
const isHostPath = ({ directive }: ValueContext): boolean => directive.name === 'NamespacePath';

/** config_parse_path() of systemd (shared/conf-parser.c). */
export const absolutePathKind: ValueKind<Type> = {
  rules: [emptyValue, ...normalizedPathRules],
  problems: (value, type, at) => {
    if (value === '') return type.empty === 'reset' ? [] : [emptyValueProblem(at, 'an absolute path')];
    const field: PathField = { start: 0, end: value.length, text: value, name: 'the path', escaped: false };
    const relative = absoluteProblem(field);
    if (relative !== undefined) return [relative];
    const fault = faultOfSimplified(value, at.context.systemdVersion);
    return fault === undefined ? pathAdvice(field) : [faultProblem(field, fault)];
  },
  suggestions: () => [],
  wishes: (value, _offset, _type, at) => [
    { object: isHostPath(at) ? 'path' : 'imagePath', start: 0, end: value.length },
  ],
  form: (_type, at) => (isHostPath(at) ? '`/PATH` on the host' : '`/PATH` in the machine'),
  snippet: (_type, at) => (isHostPath(at) ? '${1:/run/netns/name}' : '${1:/path}'),
};
