import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { Context } from '../../context.ts';
import { hasTrustHole } from '../../../schema/systemdRelease.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { extractFirstWord, type WordFailure } from './extractWord.ts';
import { faultOfNormalized } from './pathChecks.ts';
import { absoluteProblem, faultProblem, pathAdvice, type PathField } from './pathField.ts';
import { normalizedPathRules } from './pathRules.ts';
import { rawFields } from './rawFields.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'pivotRoot' }>;

const fieldProblems = (field: PathField, context: Context): readonly ValueProblem[] => {
  const relative = absoluteProblem(field);
  if (relative !== undefined) return [relative];
  // It is a part of the hole that any absolute path is taken.
  const fault = hasTrustHole(context) ? undefined : faultOfNormalized(field.text);
  return fault === undefined ? pathAdvice(field) : [faultProblem(field, fault)];
};

/** The two paths; the second is what stands behind the first colon, with all its backslashes and colons. */
const fieldsOf = (value: string): readonly PathField[] | WordFailure => {
  const { word, next, failure } = extractFirstWord(value, 0, { separators: ':', emptyWords: true });
  if (failure !== undefined) return failure;
  if (word === undefined) return [];
  const first: PathField = { ...word, value, name: l10n.t('the new root'), escaped: true };
  if (next === undefined || next === value.length) return [first];
  const text = value.slice(next);
  return [
    first,
    { start: next, end: value.length, value, text, name: l10n.t('the place of the old root'), escaped: false },
  ];
};

const check = (value: string, context: Context): readonly ValueProblem[] => {
  const fields = fieldsOf(value);
  if ('reason' in fields) return [wordFailureProblem(value, fields, l10n.t('The line is ignored.'))];
  return fields.flatMap((field) => fieldProblems(field, context));
};

/** pivot_root_parse() of systemd (nspawn/nspawn-mount.c). */
export const pivotRootKind: ValueKind<Type> = {
  rules: [emptyValue, commentAfterValue, trailingBackslash, ...normalizedPathRules],
  problems: (value, _type, at) => {
    if (value === '') return [emptyValueProblem(at, l10n.t('one or two absolute paths'))];
    return withCommonMistakes(value, (paths) => check(paths, at.context));
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
