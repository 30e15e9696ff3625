import type { ValueKind } from './valueKind.ts';
import type { ValueType } from '../../schema/types.ts';

type Type = Extract<ValueType, { readonly kind: 'rlimit' }>;

export const rlimitKind: ValueKind<Type> = {
  rules: [],
  problems: () => [],
  suggestions: () => [],
  form: () => '',
  snippet: () => '$1',
};
