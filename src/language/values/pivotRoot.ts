import type { ValueType } from '../../schema/types.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { extractFirstWord } from './extractWord.ts';
import { faultOfNormalized } from './pathChecks.ts';
import { absoluteProblem, faultProblem, pathAdvice, type PathField } from './pathField.ts';
import { normalizedPathRules } from './pathRules.ts';
import { rawFields } from './rawFields.ts';
import { trailingBackslash, trailingBackslashProblem } from './trailingBackslash.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'pivotRoot' }>;

/** Debian's 257 has it; versions before take any absolute path. */
const normalizedSince = 257;

const fieldProblems = (field: PathField, systemdVersion: number): readonly ValueProblem[] => {
  const relative = absoluteProblem(field);
  if (relative !== undefined) return [relative];
  const fault = systemdVersion < normalizedSince ? undefined : faultOfNormalized(field.text);
  return fault === undefined ? pathAdvice(field) : [faultProblem(field, fault)];
};

/** The two paths; the second is what stands behind the first colon, with all its backslashes and colons. */
const fieldsOf = (value: string): readonly PathField[] | undefined => {
  const { word, next } = extractFirstWord(value, 0, { separators: ':', emptyWords: true });
  if (word === undefined) return undefined;
  const first: PathField = { ...word, name: 'the new root', escaped: true };
  if (next === undefined || next === value.length) return [first];
  const text = value.slice(next);
  return [first, { start: next, end: value.length, text, name: 'the place of the old root', escaped: false }];
};

/** pivot_root_parse() of systemd (nspawn/nspawn-mount.c). */
export const pivotRootKind: ValueKind<Type> = {
  rules: [emptyValue, trailingBackslash, ...normalizedPathRules],
  problems: (value, _type, at) => {
    if (value === '') return [emptyValueProblem(at, 'one or two absolute paths')];
    const fields = fieldsOf(value);
    if (fields === undefined) return [trailingBackslashProblem(value)];
    return fields.flatMap((field) => fieldProblems(field, at.context.systemdVersion));
  },
  suggestions: () => [],
  wishes: (value, offset) => {
    const [first] = rawFields(value, ':');
    const end = first?.end ?? value.length;
    return [{ object: 'imagePath', ...(offset <= end ? { start: 0, end } : { start: end + 1, end: value.length }) }];
  },
  form: () => '`/NEW-ROOT[:/PLACE-OF-OLD-ROOT]`',
  snippet: () => '${1:/new-root}',
};
